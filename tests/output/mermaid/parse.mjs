// Reads a JSON list of texts on standard input; prints, for each, the message with which Mermaid refuses it, or null.

import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;

const { default: mermaid } = await import("mermaid");

async function refusal(text) {
  try {
    await mermaid.parse(text);
    return null;
  } catch (error) {
    return String(error.message ?? error);
  }
}

let input = "";
for await (const chunk of process.stdin) input += chunk;
const refusals = [];
for (const text of JSON.parse(input)) refusals.push(await refusal(text));
process.stdout.write(JSON.stringify(refusals));
