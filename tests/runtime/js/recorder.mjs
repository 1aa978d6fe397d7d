// Runs the workflows under test in the engine and writes down what they do.
//
// The engine knows one workflow, `Subject`; a job's payload says which class it stands for. Every call on the step object
// goes on to the engine's own stub, unchanged; the recorder keeps one totally ordered list a run: the calls, with the place
// in the source they were made from, the callbacks and how each call settled.
import { AsyncLocalStorage } from "node:async_hooks";
import { WorkerEntrypoint, WorkflowEntrypoint } from "cloudflare:workers";
import { classes } from "./subjects.mjs";

const traces = new Map(); // instance id -> events of its run
const enclosing = new AsyncLocalStorage(); // the call whose callback runs

export class Subject extends WorkflowEntrypoint {
  async run(event, step) {
    const { subject, payload, ...job } = event.payload;
    const events = [];
    traces.set(event.instanceId, events);
    for (const name of job.globals) globalThis[name] ??= anything(name);
    const Class = await classes[subject]();
    const instance = new Class(this.ctx, tolerantOf(this.env));
    return instance.run({ ...event, payload: job.tolerant ? anything("payload") : payload }, recorded(step, events, job));
  }
}

export class Trace extends WorkerEntrypoint {
  get(id) {
    return traces.get(id) ?? [];
  }
}

export default { fetch: () => new Response("subjects") };

/** The step object, with its four methods recorded when they are called; its other properties are the stub's own. */
function recorded(step, events, job) {
  const methods = new Set(["do", "sleep", "sleepUntil", "waitForEvent"]);
  const counts = new Map();
  let calls = 0;
  const call = (type, args) => {
    const id = calls++;
    const name = String(args[0]);
    const count = (counts.get(type + name) ?? 0) + 1;
    counts.set(type + name, count);
    const record = (kind, more) => events.push({ kind, call: id, ...more });
    record("call", { type, name, count, inside: enclosing.getStore() ?? null, at: place(new Error()) });
    const promise = step[type](...(type === "do" ? withCallback(args, id, record, (table) => chosen(table, name, count)) : args));
    promise.then(
      () => record("end", { failed: false }),
      (error) => record("end", { failed: true, error: String(error) }),
    );
    return promise;
  };
  const withCallback = (args, id, record, choose) =>
    args.map((argument) => {
      if (typeof argument !== "function") return argument;
      let attempt = 0;
      return (...context) =>
        enclosing.run(id, async () => {
          record("attempt", { attempt: ++attempt });
          const delay = choose(job.delays);
          if (delay) await scheduler.wait(delay.value);
          const failure = choose(job.fail)?.value;
          if (failure && attempt <= (failure.times ?? Infinity)) {
            throw Object.assign(new Error(failure.message ?? "made to fail"), { name: failure.name ?? "NonRetryableError" });
          }
          const result = choose(job.results);
          return result ? result.value : argument(...context);
        });
    });
  return new Proxy(step, {
    get(target, property) {
      const own = Reflect.get(target, property);
      return methods.has(property) ? new Proxy(own, { apply: (_own, _this, args) => call(property, args) }) : own;
    },
  });
}

/** What a table says about the n-th step of a name: an entry for `name-n`, for `name`, or for `*`. */
function chosen(table, name, count) {
  const key = [`${name}-${count}`, name, "*"].find((candidate) => table && candidate in table);
  return key === undefined ? undefined : { value: table[key] };
}

/** The innermost frame of a stack outside this file: module, line and column (1-based, UTF-16 units). */
function place(error) {
  for (const line of error.stack.split("\n").slice(1)) {
    const frame = /\(?([^\s()]+\.mjs):(\d+):(\d+)\)?$/.exec(line);
    if (frame && frame[1] !== "recorder.mjs") return { module: frame[1], line: Number(frame[2]), column: Number(frame[3]) };
  }
  return null;
}

/** An environment in which every binding exists and tolerates any use. */
function tolerantOf(env) {
  return new Proxy(env, { get: (target, name) => (name in target || typeof name !== "string" ? target[name] : anything(name)) });
}

function anything(label) {
  return new Proxy(function () {}, {
    get(_target, name) {
      if (name === "then") return undefined; // awaited, it is itself
      if (name === Symbol.toPrimitive) return (hint) => (hint === "number" ? 1 : label);
      if (name === Symbol.iterator) return function* () {};
      if (name === Symbol.asyncIterator) return async function* () {};
      if (name === "toJSON" || name === "toString" || name === "valueOf") return () => label;
      return name === "length" ? 0 : anything(`${label}.${String(name)}`);
    },
    apply: () => anything(`${label}()`),
    construct: () => anything(`new ${label}`),
    has: () => true,
  });
}
