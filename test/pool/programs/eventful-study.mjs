// Prints the digest and the states of a study in which workers die, a trial hangs, others fail or are pruned.
// Arguments: the sampler, the pruner, the number of workers.
import { auto, createStudy, float, hyperband, int, median, tpe } from "vernier";

const [sampler, pruner, workers] = process.argv.slice(2);
const samplers = { auto, tpe: () => tpe({ nStartupTrials: 5 }) };
const pruners = { median: () => median({ startupTrials: 3 }), hyperband: () => hyperband({ maxResource: 4 }) };
const study = await createStudy({
  space: { x: float(-5, 5), y: float(0.01, 10, { log: true }), n: int(1, 8) },
  sampler: samplers[sampler](),
  pruner: pruners[pruner](),
  seed: 29,
});
await study.enqueue({ x: 1 });
const objective = new URL("../objectives/eventful.mjs", import.meta.url);
await study.optimize(objective, { trials: 28, workers: Number(workers), lag: 5, trialTimeout: 2500 });
await study.enqueue({ n: 2 });
await study.optimize(objective, {
  totalTrials: 34,
  patience: 25,
  workers: Number(workers),
  lag: 5,
  trialTimeout: 2500,
});
const reasons = study.trials.map(({ state, failure }) => failure?.name ?? state);
console.log(`${study.digest()} ${study.stopReason} ${reasons.join(",")}`);
