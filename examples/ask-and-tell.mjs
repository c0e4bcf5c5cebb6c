// The caller evaluates; a guess of one's own goes first.
import { createStudy, float } from "vernier";

const study = await createStudy({ space: { x: float(-10, 10), y: float(-10, 10) }, seed: 3 });
await study.enqueue({ x: 1, y: 1 });

for (let i = 0; i < 40; i++) {
  const trial = await study.ask();
  const { x, y } = trial.params;
  await study.tell(trial, (x - 2) ** 2 + (y + 1) ** 2);
}
console.log(study.trials[0].params, study.best.value.toFixed(3));
