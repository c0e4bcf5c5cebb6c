// Runs a study in a journal file by several workers until it is killed. Arguments: the file, the number of workers.
import { createStudy, float, int, median, tpe } from "vernier";
import { journalFile } from "vernier/storage/journal";

const [file, workers] = process.argv.slice(2);
const study = await createStudy({
  name: "killed workers",
  space: { x: float(-5, 5), n: int(1, 8) },
  sampler: tpe({ nStartupTrials: 6 }),
  pruner: median({ startupTrials: 3 }),
  seed: 23,
  storage: journalFile(file, { sync: false }),
});
await study.optimize(new URL("./uneven.objective.mjs", import.meta.url), {
  totalTrials: 40,
  workers: Number(workers),
  lag: 6,
  onTrial: (trial) => process.stdout.write(`${trial.number}\n`),
});
console.log(study.digest(), study.trials.map((trial) => trial.state).join(","));
