{ class A {} class B extends A {} class C extends a.b.C {} class D extends f(A) {} class E extends (a, b) {} class F extends null {} }
{ (class {}); (class A {}); (class extends B {}); x = class {}; x = class A extends B {}; f(class {}, class {}); new (class extends A {}) }
{ class A { constructor() {} } class B extends A { constructor(a, b = 1) { super(a); this.b = b } m() { super.m(); return super.x } static s() { super.s() } } }
{ class A { m() {} async n() {} *o() {} async *p() {} 'q r'() {} 1() {} [k]() {} ['lit']() {} get() {} set() {} static() {} async() {} } }
{ class A { get a() { return 1 } set a(v) { this.b = v } static get c() {} static set c(v) {} get 'd e'() {} get [k]() {} } }
{ class A { static m() {} static async n() {} static *o() {} static async *p() {} static [k]() {} static 'q'() {} } }
{ class A { a; b = 1; 'c' = 2; 3 = 4; [k] = 5; static d; static e = 6; static [k] = 7; f = () => this.a; g = async () => { await 1 }; h = function () {} } }
{ class A { #a; #b = 1; static #c = 2; #m() { return this.#a } static #n() {} get #p() {} set #p(v) {} async #q() {} *#r() {} m(o) { this.#b = 2; this.#b++; this.#m(); o.#a; o?.#b; A.#n(); return #a in o && #b in this } } }
{ class A { static {} static { f(); const x = 1; this.y = x } static { try { g() } catch {} } } }
{ class A { static a = 1; static { this.b = this.a } static c = this.b } }
{ class A { static async = 1; static get = 2; static static = 3; async = 4; get = 5; set = 6; static } }
{ class A { 'constructor'() {} } class B { ['constructor']() {} } class C { static constructor() {} } }
{ class A { a
b
c = 1
d() {} } }
{ class A { run = async (event, step) => { await step.do('x', f) } } }
{ class A { ; a; ; m() {} ; } }
{ class A extends class B {} {} class C extends (class {}) { } class D extends (x ? A : B) {} }
