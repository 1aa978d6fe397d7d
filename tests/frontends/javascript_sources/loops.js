while (a) b; while (a) { b; c } while (true) { break } while (a) ; while (await a) await b; do a; while (b) do { a } while (b); do ; while (a)
for (;;) { } for (;;) a; for (a;;) b; for (;a;) b; for (;;a) b; for (a; b; c) d; for (var i = 0; i < 9; i++) a; for (let i = 0, n = 9; i < n; ++i) { a }
for (let i; ;) break; for (const x = 1; ;) break; for (i = 0, j = 1; i < j; i++, j--) a; for (var [a, b] = c; a; ) b; for (x in y) ; for (;;) for (;;) a
for (const a of b) c; for (let a of b) { c } for (var a of b) ; for (a of b) c; for (a.b of c) d; for (a[b] of c) d; for ([a, b] of c) d; for ({ a } of b) c
for (const [a, b] of c) d; for (const { a, b: c = 1 } of d) e; for (const a of [1, 2, 3]) b; for (const a of f()) b; for (const a of await f()) b
for (const a in b) c; for (let a in b) c; for (var a in b) c; for (a in b) c; for (a.b in c) d; for (const [a] in b) c; for (const a in b, c) d
for await (const a of b) c; for await (a of b) { c } for await (const { a } of f()) c; async function g() { for await (const x of y) { await x } }
a: for (;;) { break a } a: for (const x of y) { continue a } a: while (b) { c: for (;;) { continue a; break c } } a: do { break a } while (b)
a: { break a } a: { b; c } a: b; a: if (b) break a; a: try { break a } finally { } a: b: for (;;) { continue b; break a } a: { b: { break a } }
a: for (let i = 0; i < 1; i++) continue a; a: for (var x in y) break a; a: ; a: a2: { break a }
for (let [i, j] = [0, 1]; i < j; [i, j] = [j, i]) f(i, j); for (const x of (a, b)) c; for (let x of []) { let x }
