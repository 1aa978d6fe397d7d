[]; [a]; [a, b]; [a, b,]; [,]; [, a]; [a, , b]; [a, ,]; [...a]; [...a, ...b]; [a, ...b, c]; [[a], [b, [c]]]; [f(), await g()]
({}); ({ a }); ({ a, b }); ({ a: 1 }); ({ a: 1, b: 2, }); ({ 'a': 1 }); ({ "a b": 1 }); ({ 1: a }); ({ 1.5: a }); ({ 0x10: a })
({ [a]: b }); ({ ['a']: b }); ({ [a + b]: c }); ({ [`t`]: a }); ({ ...a }); ({ a, ...b, c }); ({ ...{ a } }); ({ __proto__: a })
({ m() {} }); ({ m(a, b) { return a } }); ({ async m() {} }); ({ *m() {} }); ({ async *m() {} }); ({ 'm n'() {} }); ({ [k]() {} })
({ 1() {} }); ({ get a() { return 1 } }); ({ set a(v) { x = v } }); ({ get 'a b'() {} }); ({ get [k]() {} }); ({ set [k](v) {} })
({ get: 1, set: 2, async: 3, static: 4, await: 5 }); ({ get, set, async }); ({ get() {}, set() {}, async() {}, static() {} })
({ a: function () {} }); ({ a: function b() {} }); ({ a: () => {} }); ({ a: class {} }); ({ a: { b: { c: 1 } } }); ({ if: 1, class: 2 })
({ async get() {} }); ({ async *[k]() { yield 1 } }); ({ undefined }); ({ undefined: undefined }); ({ 'use strict': 1 })
({ "__proto__": null, "constructor": 1 }); ({ a, 'b': b, ["c"]: c, d() {} }); ({ 10n: a })
