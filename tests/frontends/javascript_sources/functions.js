function f() {} function g(a) { return a } function h(a, b = 1, ...c) {} async function i() {} function* j() {} async function* k() {}
(function () {}); (function f() { f() }); (async function () {}); (function* () {}); (async function* g() {}); x = function y() {};
() => {}; a => a; (a) => a; (a, b) => a + b; () => ({}); () => ({ a }); () => [a]; a => b => c; async () => {}; async a => await a
async (a) => { await a }; (a = 1) => a; ({ a }) => a; ([a]) => a; (...a) => a; ({ a = 1, b: { c } = {}, ...d } = {}) => a; (a, ...[b]) => b;
() => { 'use strict'; return 1 }; (() => {})(); (function () {})(); (async () => { await x })(); !function () {}(); void function () {}()
+(() => a)(); (() => a, b); x => (a, b); x => { return { a } }; x => y = z; x => y ? a : b; async x => { for await (const y of x) f(y) }
function f(a, { b, c: [d] }, [e, , g], ...h) { return arguments } function k(undefined) { return undefined } (undefined) => undefined
function f() { return } function g() { return; x } function h() { return (a, b) } function i() { return a
b }
function* g() { yield; yield a; yield* a; const x = yield b; yield yield c; f(yield, yield d); yield [a]; return yield } async function* h() { yield await a; for await (const x of y) yield x }
function f() { function g() {} return g } function o() { if (a) { function p() {} } } function q() { 'directive'; "another"; x }
function f() { new.target; return new.target } function g() { return this } async function h() { await a; await (b); await (await c).d }
const f2 = function () { return this.a }, g2 = () => this.b; (function () { return (() => this)() })
function outer() { var self = this; return function inner() { return self } }
