// Prints the digest and the states of a study of 30 sleepy trials. Argument: the number of workers.
import { createStudy, float, int } from "vernier";

const study = await createStudy({ space: { x: float(-5, 5), n: int(1, 8) }, seed: 17 });
const objective = new URL("../objectives/sleepy.mjs", import.meta.url);
await study.optimize(objective, { trials: 30, workers: Number(process.argv[2]), lag: 4 });
console.log(study.digest(), study.trials.map((trial) => trial.state).join(","));
