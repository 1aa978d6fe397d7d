``; `plain`; `with "quotes" and 'more'`; `two
lines`; `\n\t\u{41}`; `\``; `\${x}`; `$`; `$x`; `{}`; `a$`
`${a}`; `${a}${b}`; `a${b}c`; `${a}b${c}`; `x${`y${z}`}`; `${{ a: 1 }.a}`; `${'}'}`; `${`}`}`; `${(() => `${x}`)()}`
`${x} and ${y + 1} or ${f(`${z}`)}`
tag`a`; tag`a${b}c`; o.tag`x`; o[k]`x`; f()`x`; new C`x`; tag`a``b`; String.raw`C:\dir\${x}`
await tag`x`; tag`${await x}`; (a, b)`c`; `a``b`
