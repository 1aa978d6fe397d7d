export async function* lines(stream, { separator = /\r?\n/, limit = Infinity } = {}) {
  let rest = '', count = 0;
  const decoder = new TextDecoder('utf-8', { fatal: !0 });
  outer: for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(separator);
    rest = parts.pop() ?? '';
    for (const part of parts) {
      if (++count > limit) break outer;
      const answer = yield part;
      if (answer === 'skip') continue outer;
    }
  }
  if (rest) yield rest;
  return count;
}

export const pipe = (...steps) => (value) => steps.reduce((before, step) => before.then(step), Promise.resolve(value));

class Range {
  #from; #to;
  static of(from, to = from) { return new this(from, to); }
  constructor(from, to) { [this.#from, this.#to] = from > to ? [to, from] : [from, to]; }
  *[Symbol.iterator]() { for (let i = this.#from; i <= this.#to; i++) yield i; }
  get size() { return this.#to - this.#from + 1; }
  set size(value) { this.#to = this.#from + value - 1; }
  static #cache = new Map();
  static { for (const n of [1, 2, 3]) Range.#cache.set(n, Range.of(0, n)); }
  has = (n) => n >= this.#from && n <= this.#to;
  static is(other) { return #from in other; }
}

const memo = Object.create(null), slow = (key) => memo[key] ||= compute(key);
function compute(key) {
  var result;
  if (typeof key === 'string' && key.length) {
    result = [...key].map((c, i) => c.charCodeAt(0) << i).reduce((a, b) => a ^ b, 0) >>> 0;
  } else if (Array.isArray(key)) {
    for (var i = key.length; i--;) result = (result | 0) + compute(key[i]);
  } else {
    result = key instanceof Date ? +key : -1;
  }
  return result % 2 ? result ** 2 : ~result & 0xff;
}

(function iife(global, undefined) {
  if (global.x !== undefined) { var y = void 0; }
  let a = 1, { b, c: [d, , e = a] = [] } = global;
  (a += b, b -= d, d **= 2, e ??= a);
  global.done = !0;
})(globalThis);

try { slow(['a', ['b']]) } catch ({ message, cause: { code = 'none' } = {} }) { console.log(message, code) }
for (const [key, { value = null }] of Object.entries(memo)) console.log`${key} is ${value}`;
if (memo) ; else { debugger }
await pipe(async (x) => await x, (x) => [x, ...new Range(1, 2)])(import.meta.url);
