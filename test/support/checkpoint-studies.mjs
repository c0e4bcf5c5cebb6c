// Studies whose trials use checkpoints (test/pool/objectives/checkpoints.mjs), for programs and pages.
import { createStudy, float } from "vernier";

const space = { x: float(-5, 5) };

/** What worker each of 4 trials ran in, and what worker it read of. */
async function pairs(objective, checkpoints, workers) {
  const study = await createStudy({ space, seed: 3, checkpoints });
  const workerData = { behavior: "pairs", together: workers > 1 };
  await study.optimize(objective, { trials: 4, workers, lag: 4, workerData });
  return study.trials.map(({ userAttrs }) => userAttrs.workers);
}

/** 2 trials, of which the first is interrupted, if that is asked for, once it has kept something. */
async function climbs(objective, checkpoints, isInterrupted) {
  const controller = new AbortController();
  const interrupting = {
    ...checkpoints,
    async set(name, bytes) {
      await checkpoints.set(name, bytes);
      controller.abort();
    },
  };
  const study = await createStudy({ space, seed: 3, checkpoints: isInterrupted ? interrupting : checkpoints });
  const run = async (options) => {
    await study.optimize(objective, { totalTrials: 2, workers: 1, workerData: { behavior: "climb" }, ...options });
    return study.stopReason;
  };
  const reasons = isInterrupted ? [await run({ signal: controller.signal }), await run({})] : [await run({})];
  return { digest: study.digest(), from: study.trials.map(({ userAttrs }) => userAttrs.from), reasons };
}

/** All that tests look at, as plain data; `open` gives empty checkpoints. */
export async function checkpointStudies(objective, open) {
  return {
    alone: await pairs(objective, open(), 1),
    together: await pairs(objective, open(), 2),
    whole: await climbs(objective, open(), false),
    interrupted: await climbs(objective, open(), true),
  };
}
