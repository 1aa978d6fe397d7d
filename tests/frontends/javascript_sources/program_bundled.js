"use strict";
var __defProp = Object.defineProperty;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __name = (target, value) => __defProp(target, "name", { value, configurable: true });
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};
var __commonJS = (cb, mod) => function __require() {
  return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
};

// src/queue.js
var require_queue = __commonJS({
  "src/queue.js"(exports, module) {
    "use strict";
    function Queue(options) {
      if (!(this instanceof Queue)) return new Queue(options);
      var self = this;
      self.items = [], self.options = options || {};
      process.nextTick(function() { self.emit && self.emit("ready") });
    }
    __name(Queue, "Queue");
    Queue.prototype.push = function push() {
      for (var i = 0, l = arguments.length; i < l; ++i) this.items[this.items.length] = arguments[i];
      return this;
    };
    Queue.prototype.drain = async function(cb) {
      while (this.items.length > 0) { var item = this.items.shift(); if (!await cb(item)) break; }
      return typeof this.options.done === "function" ? this.options.done() : void 0;
    };
    module.exports = Queue;
    module.exports.default = Queue, module.exports.__esModule = true;
  }
});

// src/index.js
var src_exports = {};
__export(src_exports, { Sync: () => Sync2, default: () => src_default });
var import_queue = require_queue();
var _a, _b;
var Base = (_a = class {
  constructor() { this.q = import_queue(); }
}, __name(_a, "Base"), _a);
var Sync2 = class extends (_b = Base) {
  static {
    __name(this, "Sync");
  }
  async run(event, step) {
    const pages = [];
    let cursor = null;
    do {
      ({ cursor = null, result: [pages[pages.length], ...rest] = [] } = await step.do("page " + (cursor ?? "first"), () => load(cursor)));
    } while (cursor !== null && pages.length < 1e3);
    var rest;
    await this.q.push(...pages).drain((page) => step.do(`store ${page?.id}`, { timeout: "5 minutes" }, async () => { delete page.raw; return page; }));
    label: {
      if (event.payload["dry-run"]) break label;
      await super.run?.(event, step);
    }
  }
};
async function load(cursor, { limit = 100, signal: { aborted } = {} } = {}) {
  const response = await fetch(`https://api.example/list?limit=${limit}${cursor ? `&cursor=${cursor}` : ""}`);
  return response.ok ? (await response.json()).data : Promise.reject(new Error("status " + response.status));
}
__name(load, "load");
var src_default = { fetch: /* @__PURE__ */ __name(async () => new Response("ok"), "fetch") };
export {
  Sync2 as Sync,
  src_default as default
};
