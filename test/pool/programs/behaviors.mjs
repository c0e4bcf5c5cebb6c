// Runs studies of test/pool/objectives with workers and prints how they ended, as JSON. In Node, Deno and Bun.
import * as threads from "node:worker_threads";
import { createStudy, float, int, inWorkers } from "vernier";

const at = (name) => new URL(`../objectives/${name}`, import.meta.url);

async function study(objective, options) {
  const made = await createStudy({ space: { x: float(-5, 5), n: int(1, 8) }, seed: 17 });
  try {
    await made.optimize(objective, options);
  } catch (error) {
    return { error: { code: error.code, message: error.message } };
  }
  return {
    digest: made.digest(),
    values: made.trials.map(({ values }) => values?.[0] ?? null),
    failures: made.trials.flatMap(({ failure }) => (failure === null ? [] : [failure])),
    reports: made.trials.map(({ intermediate }) => Object.keys(intermediate).length),
    attrs: made.trials.map(({ userAttrs }) => userAttrs),
  };
}
const behave = (behaviors, options) =>
  study(at("web.mjs"), { trials: behaviors.length, workers: 1, workerData: { behaviors }, ...options });

const sleepy = { trials: 30, lag: 4 };
const starts = [() => new threads.Worker(at("worker-file.mjs"))];
if (typeof Worker !== "undefined") starts.push(() => new Worker(at("worker-file.mjs").href, { type: "module" }));
const digests = [];
for (const workers of [1, 2, 4]) digests.push((await study(at("sleepy.mjs"), { ...sleepy, workers })).digest);
for (const start of starts) digests.push((await study(inWorkers(start), { ...sleepy, workers: 2 })).digest);

const deaths = {};
for (const kind of ["exit", "uncaught", "unhandled"]) deaths[kind] = await behave(["count", kind, "count"]);
const timeouts = await behave(["count", "listens", "tells", "spin", "count"], { trialTimeout: 300 });
const missing = await study(at("missing.mjs"), { trials: 1 });
const noWorker = await study(
  inWorkers(() => ({})),
  { trials: 1 },
);
console.log(JSON.stringify({ digests, deaths, timeouts, missing, noWorker }));
