// Takes jobs over HTTP: starts an instance with its modifiers, sends its events, waits for its end, and answers with its
// status and trace.
const ENDED = new Set(["errored", "terminated", "complete"]);
const STATUSES = ["queued", "running", "paused", "errored", "terminated", "complete", "waitingForPause", "waiting"];

export default {
  async fetch(request, env) {
    const job = await request.json();
    const id = crypto.randomUUID();
    const engine = () => env.ENGINE.get(env.ENGINE.idFromName(id));
    const modifier = await engine().getInstanceModifier();
    if (!job.realSleeps) await modifier.disableSleeps();
    await modifier.disableRetryDelays();
    for (const name of job.timeouts ?? []) await modifier.forceEventTimeout({ name });
    await env.BINDING.create({ id, params: job.params });
    for (const event of job.events ?? []) {
      if (event.after) await scheduler.wait(event.after);
      await engine().receiveEvent({ type: event.type, payload: event.payload, timestamp: new Date() });
    }
    const status = await settled(engine, Date.now() + (job.limit ?? 5000));
    if (job.settle) await scheduler.wait(job.settle);
    const logs = await engine().readDetailedLogs();
    const failure = logs.find((entry) => entry.event === 3);
    return Response.json({ status, error: failure?.metadata?.error ?? null, trace: await env.TRACE.get(id) });
  },
};

async function settled(engine, deadline) {
  for (;;) {
    const status = STATUSES[await engine().getStatus().catch(() => 1)];
    if (ENDED.has(status) || Date.now() > deadline) return status;
    await scheduler.wait(2);
  }
}
