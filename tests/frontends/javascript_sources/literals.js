0; 1; 1.0; 1.5; .5; 5.; 1e3; 1E+3; 2.5e-3; 1_000_000; 0.1
0x1f; 0XFF; 0o17; 0b1010; 0xdead_beef; 9007199254740993; 1e21; 1e999; 123456789012345678901234567890
10n; 0x1Fn; 1_000n
true; false; null; undefined; NaN; Infinity; this
'single'; "double"; 'it\'s'; "say \"hi\""; '\\'; ''
'\n\t\r\b\f\v\0'; '\x41\x7a'; '\u0041'; '\u{1F600}'; '\u{41}'; '\ud83d\ude00'; '\ud83d'; '\q\w\e'
'line \
continued'; "a\
b";
/re/; /[/\]]+/gi; /\//; /a{2,3}(?<n>b)/u; x / y / z; a = b / c
'\u2028'; ' '; "tab	inside"
