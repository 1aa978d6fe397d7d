a.b; a.b.c; a[b]; a['b']; a["b c"]; a[0]; a[b][c]; a.b[c].d; (a).b; (a.b).c; a.if; a.class; a.default; a.await
a?.b; a?.[b]; a?.(b); a?.b.c; a?.b?.c; a?.b(); a?.b?.(); (a?.b).c; (a?.b)(); a?.[b]?.[c]; a.b?.c.d?.(e).f; delete a?.b.c
f(); f(a); f(a, b); f(...a); f(a, ...b, c); f(a,); f()(); f()()(); f().a; f().a(); f(a)(b); (f)(a); (0, f)(a); (a || b)(c)
a.b(); a.b.c(d); a[b](c); a.b().c().d(); a.b(x => x).c(y => y); (await a).b; (await a.b()).c; await a.b().c
new A; new A(); new A(b); new A(...b); new a.B; new a.B(c); new a.b.C(); new (f()); new (f())(); new (a.b()); new A().b; new A().b()
new A()(); new new A()(); new (A.b)(); new A[b](); new (class {})(); new (class { constructor() {} })(1); (new A).b; new A`x`
import('m'); import(a + b); await import('m'); import('m').then(f); (await import('m')).default; import('m', { with: { type: 'json' } })
import.meta; import.meta.url; import.meta.env.X; console.log(import.meta)
