a = 1; a = b = c; a += 1; a -= b; a *= b; a /= b; a %= b; a **= b; a <<= b; a >>= b; a >>>= b; a &= b; a |= b; a ^= b
a &&= b; a ||= b; a ??= b; o.a &&= b; o[a] ||= b; o?.b; this.x ??= {}; o.a.b.c ??= await f()
a++; ++a; a--; --a; o.a++; ++o.a; o[k]--; --o[f()]; this.n++; (a)++; ++(o.a)
o.a = 1; o['a'] = 1; o[a] = b; o.a.b = c; o.a = o.b = c; o[a][b] += c; f().x = 1
[a, b] = c; [a, b] = [b, a]; [a, , b] = c; [, a] = b; [a = 1, b = a] = c; [...a] = b; [a, ...b] = c; [[a], [b]] = c; [] = a
[o.a, o[b]] = c; [o.a = 1] = b; [...o.a] = b; [...[a, b]] = c; [a, { b }] = c
({ a } = b); ({ a, b } = c); ({ a: b } = c); ({ a = 1 } = b); ({ a: b = 1 } = c); ({ ...a } = b); ({ a, ...b } = c); ({} = a)
({ a: { b: [c] } } = d); ({ [k]: a } = b); ({ [k + 1]: a = 2 } = b); ({ 'x y': a } = b); ({ 1: a } = b); ({ a: o.b, c: o[d] } = e)
({ a: o.b = 1 } = c); x = { a } = b; x = [a] = b; (a) = 1; (o.a) = 1;
