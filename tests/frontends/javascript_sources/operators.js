a + b; a - b; a * b; a / b; a % b; a ** b; a ** b ** c; (-a) ** b; a ** -b
a + b + c + d; (a + b) + c; a + (b + c); a - b - c; a - (b - c); a + b - c + d; a * b * c; 60 * 60 * 24 * 1000; a * (b * c)
a & b & c; a | b | c; a ^ b; a << b << c; a >> b; a >>> b; ~a; !a; !!a; -a; +a; - -a; + +a; typeof a; typeof typeof a
a == b; a != b; a === b; a !== b; a < b; a > b; a <= b; a >= b; a < b < c; a == b == c; a === b !== c
a in b; a instanceof B; !(a in b); 'x' in o; a instanceof B.C
a && b; a || b; a ?? b; a && b && c; a || b || c; a ?? b ?? c; a && (b || c); (a && b) || c; a || b && c; (a ?? b) || c
a ? b : c; a ? b : c ? d : e; a ? (b ? c : d) : e; (a ? b : c) ? d : e
a ? (b, c) : d; a ? x = 1 : y = 2; a ? await b : await c
a, b; a, b, c; (a, b), c; a, (b, c); (a, b, c); x = (a, b); f((a, b), c)
void 0; void x; void f(); void 'x'; delete a.b; delete a[b]; delete a?.b; delete f(); delete (a.b); delete a.b.c
a + -b; a - -b; a+ +b; a+ ++b; a-- - --b; -(-a); !(!a)
