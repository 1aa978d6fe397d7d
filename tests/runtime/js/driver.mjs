// Takes jobs over HTTP: starts an instance with its modifiers, sends its events, waits for its end, and answers with its
// status and trace. With `stopAt` an instance is paused once that step is in the engine's log (`name-1`), and the answer is its
// id; with `id` one that was paused goes on, in whatever version of its workflow is there now.
const ENDED = new Set(["errored", "terminated", "complete"]);
const STATUSES = ["queued", "running", "paused", "errored", "terminated", "complete", "waitingForPause", "waiting"];

export default {
  async fetch(request, env) {
    const job = await request.json();
    const id = job.id ?? crypto.randomUUID();
    const engine = () => env.ENGINE.get(env.ENGINE.idFromName(id));
    const modifier = await engine().getInstanceModifier();
    if (!job.realSleeps) await modifier.disableSleeps();
    if (!job.stopAt) await modifier.disableRetryDelays();
    for (const name of job.timeouts ?? []) await modifier.forceEventTimeout({ name });
    if (job.stopAt) return Response.json(await stopped(env, engine, id, job));
    const before = job.id ? (await engine().readDetailedLogs()).length : 0;
    if (job.id) await engine().changeInstanceStatus("resume");
    else await env.BINDING.create({ id, params: job.params });
    for (const event of job.events ?? []) {
      if (event.after) await scheduler.wait(event.after);
      await engine().receiveEvent({ type: event.type, payload: event.payload, timestamp: new Date() });
    }
    const status = await settled(engine, Date.now() + (job.limit ?? 5000));
    if (job.settle) await scheduler.wait(job.settle);
    const logs = await engine().readDetailedLogs();
    const failure = logs.find((entry) => entry.event === 3);
    const output = logs.find((entry) => entry.event === 2)?.metadata?.result ?? null;
    const log = logs.slice(before);
    return Response.json({ status, error: failure?.metadata?.error ?? null, trace: await env.TRACE.get(id), output, log });
  },
};

async function settled(engine, deadline) {
  for (;;) {
    const status = STATUSES[await engine().getStatus().catch(() => 1)];
    if (ENDED.has(status) || Date.now() > deadline) return status;
    await scheduler.wait(2);
  }
}

async function stopped(env, engine, id, job) {
  await env.BINDING.create({ id, params: job.params });
  const deadline = Date.now() + (job.limit ?? 5000);
  const reached = async () => (await engine().readDetailedLogs()).some(({ event, target }) => target === job.stopAt && job.stopOn.includes(event));
  while (!(await reached()) && Date.now() < deadline) await scheduler.wait(2);
  await engine().changeInstanceStatus("pause");
  while (STATUSES[await engine().getStatus()] !== "paused" && Date.now() < deadline) await scheduler.wait(2);
  return { id, status: STATUSES[await engine().getStatus()] };
}
