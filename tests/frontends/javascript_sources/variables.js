var a; var b = 1, c, d = 2; let e; let g = 1, h; const i = 1; const j = 1, k = 2; var [l, m] = n; let { o, p: q } = r; const [s = 1, ...t] = u
const { a1, b1: { c1, d1: [e1] }, ...f1 } = g1; const { [k1]: l1 = 1 } = m1; const { 'a b': n1, 2: o1 } = p1; const [] = q1; const {} = r1
let async; let of; let get, set, static1; var let1 = async; var undefined1 = undefined; let $ = _; let \u0061bc = 1; let été = 'ü', 变量 = 1
var x = y = z; let w = (a, b), v = c; const fn = () => {}, cls = class {}, gen = function* () {}; const aw = await f(), ar = [await g()]
let x2 = a
let y2 = b
var z2
