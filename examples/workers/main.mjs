// Two workers or one: with a seed and a fixed lag the study is the same.
import { createStudy, float } from "vernier";

const objective = new URL("./objective.mjs", import.meta.url);

for (const workers of [1, 2]) {
  const study = await createStudy({ space: { x: float(-10, 10) }, seed: 5 });
  await study.optimize(objective, { trials: 30, workers, lag: 4, workerData: { offset: 3 } });
  console.log(`${workers} worker(s): best ${study.best.value.toFixed(4)}, digest ${study.digest().slice(0, 16)}`);
}
