// A workflow that does what a Python workflow elsewhere asks for: each of its calls becomes a call of the engine's step.
import { WorkflowEntrypoint } from "cloudflare:workers";

export class Bridge extends WorkflowEntrypoint {
  async run(event, step) {
    const ask = async (path, body) => {
      const request = { method: "POST", body: JSON.stringify({ instance: event.instanceId, ...body }) };
      return (await this.env.PYTHON.fetch(`http://python${path}`, request)).json();
    };
    const settle = (call, promise) =>
      promise.then(
        (value) => ask("/settle", { call, value: value ?? null }),
        (error) => ask("/settle", { call, error: { name: error.name, message: error.message } }),
      );
    const attempt = (call) => async (context) => {
      const { value, error } = await ask("/attempt", { call, context });
      if (error) throw Object.assign(new Error(error.message), { name: error.name });
      return value;
    };
    for (;;) {
      const { commands } = await ask("/next", { job: event.payload });
      for (const { operation, call, name, argument } of commands) {
        if (operation === "return") return argument;
        if (operation === "throw") throw Object.assign(new Error(argument.message), { name: argument.name });
        if (operation === "do") settle(call, argument ? step.do(name, argument, attempt(call)) : step.do(name, attempt(call)));
        else settle(call, step[operation](name, operation === "sleepUntil" ? new Date(argument) : argument));
      }
    }
  }
}
