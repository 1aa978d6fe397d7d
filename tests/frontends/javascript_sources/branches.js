if (a) b; if (a) { b } if (a) b; else c; if (a) { b } else { c } if (a) b; else if (c) d; else e; if (a) { } else { } if (a); else;
if (a) if (b) c; else d; if (a) { if (b) c } else d; if (a) { b } else { if (c) d } if ((a)) b; if (a, b) c; if (a = b) c; if (await a) b
if (a) { b; c } else if (d) { e; f } else if (g) { } else { h } if (a) var x = 1; if (a) for (;;) b; else while (c) d
switch (a) {} switch (a) { case 1: } switch (a) { case 1: b; break; case 2: c } switch (a) { default: } switch (a) { default: b; case 1: c }
switch (a) { case 'x': case "y": b; break; case f(): { c; break } default: d } switch (a) { case 1: { let x = 1 } case 2: let y; const z = 1; function g() {} }
switch (true) { case a > 1: b; break; case a < 1: c } switch (f(a), b) { case (c, d): e } switch (await a) { case await b: await c }
l: switch (a) { case 1: break l; case 2: for (;;) { break } break; default: break }
for (;;) { switch (a) { case 1: continue; case 2: break } } function sw() { switch (a) { case 1: return 1; case 2: throw 2; default: return } }
