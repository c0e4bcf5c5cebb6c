// Prints the digest and the states of a study of two objectives that prunes. Arguments: the number of workers, how many
// trials in all, and a journal file, if any.
import { createStudy, float, int, nonDominatedRank, nsga2 } from "vernier";
import { journalFile } from "vernier/storage/journal";

const [workers, totalTrials, file] = process.argv.slice(2);
const study = await createStudy({
  name: "pruned front",
  directions: ["minimize", "minimize"],
  space: { x: float(-1, 2), n: int(1, 8) },
  sampler: nsga2({ population: 6 }),
  pruner: nonDominatedRank({ startupTrials: 4 }),
  seed: 17,
  ...(file === undefined ? {} : { storage: journalFile(file) }),
});
const objective = new URL("../objectives/two-curves.mjs", import.meta.url);
await study.optimize(objective, { totalTrials: Number(totalTrials), workers: Number(workers), lag: 4 });
console.log(study.digest(), study.trials.map((trial) => trial.state).join(","));
