// Runs a study in a journal file until it is killed. Arguments: the file, milliseconds a trial.
import { createStudy, float } from "vernier";
import { journalFile } from "vernier/storage/journal";

const [file, pause] = process.argv.slice(2);
const study = await createStudy({ name: "killed", space: { x: float(-5, 5) }, seed: 21, storage: journalFile(file) });
await study.optimize(
  async ({ x }, trial) => {
    trial.report(x, 0);
    await new Promise((resolve) => setTimeout(resolve, Number(pause)));
    return x * x;
  },
  { totalTrials: 40, lag: 2, onTrial: (trial) => process.stdout.write(`${trial.number}\n`) },
);
console.log(study.digest());
