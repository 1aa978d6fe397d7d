import { WorkflowEntrypoint } from "cloudflare:workers";
import { NonRetryableError } from 'cloudflare:workflows';
import * as billing from "./billing.js";

/** What an order costs, in cents. */
const total = (lines) => lines.reduce((sum, { price, count = 1 }) => sum + price * count, 0);
const RETRIES = Object.freeze({ limit: 3, delay: "10 seconds", backoff: "exponential" });

export class OrderWorkflow extends WorkflowEntrypoint {
  #attempts = 0;
  static VERSION = "v2";

  async run(event, step) {
    const { id, lines, customer: { email = "nobody@example.com", ...customer } = {} } = event.payload;
    if (!lines?.length) throw new NonRetryableError(`order ${id} is empty`);

    const reserved = await step.do("reserve stock", { retries: RETRIES, timeout: 60 * 1000 }, async () => {
      const results = await Promise.all(lines.map((line) => this.env.STOCK.reserve(line.sku, line.count ?? 1)));
      return results.filter(Boolean);
    });

    let paid = false;
    retry: for (let attempt = 0; attempt < 5; attempt++) {
      try {
        const receipt = await step.do(`charge ${attempt + 1} of ${id}`, () => billing.charge(customer, total(lines)));
        switch (receipt?.status) {
          case "ok":
            paid = true;
            break retry;
          case "declined": {
            await step.sleep("wait for the bank", `${2 ** attempt} minutes`);
            continue retry;
          }
          case "fraud":
          case "blocked":
            throw new NonRetryableError("blocked");
          default:
            this.#attempts++;
        }
      } catch (error) {
        if (error instanceof NonRetryableError) throw error;
        await step.do("log", async () => void console.error(error?.message ?? error));
      } finally {
        this.#attempts &&= this.#attempts - 1;
      }
    }

    if (paid) {
      const [mail, shipped] = await Promise.allSettled([
        step.do("mail", async () => this.env.MAIL.send({ to: email, subject: "Thanks", body: mailBody(id) })),
        (async () => {
          const approval = await step.waitForEvent("approval", { type: "shipping", timeout: "7 days" });
          return approval.payload.ok ? step.do("ship", ship) : null;
        })(),
      ]);
      return { mail, shipped, reserved };
    } else await this.release(step, reserved);

    async function ship() {
      return await fetch("https://ship.example/" + encodeURIComponent(id), { method: "POST" }).then((r) => r.json());
    }
  }

  async release(step, reserved) {
    for await (const item of reserved) await step.do("release " + item.id, () => this.env.STOCK.release(item));
  }

  get attempts() { return this.#attempts; }
}

function mailBody(id) {
  return `Dear customer,

your order "${id}" is on its way.`;
}

export default {
  async fetch(request, env, ctx) {
    const url = new URL(request.url);
    if (url.pathname === "/favicon.ico") return new Response(null, { status: 404 });
    const instance = await env.ORDERS.create({ id: crypto.randomUUID(), params: await request.json() });
    ctx.waitUntil((async () => { await env.LOG.put(instance.id, Date.now().toString()); })());
    return Response.json({ id: instance.id, details: await instance.status() }, { headers: { "x-v": OrderWorkflow.VERSION } });
  },
};
