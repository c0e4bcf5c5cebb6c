// Many configurations get a few epochs, the best of them more, and none is trained twice: a promoted one goes on from the
// checkpoint of its configuration.
// Usage: node examples/asha.mjs
import { asha, createStudy, float, rungParams } from "vernier";

const rungs = { maxResource: 81 };
let trained = 0;

// Gradient descent with momentum on a narrow valley.
async function objective({ rate, momentum, epochs, origin }, trial) {
  const name = `descent ${origin < 0 ? trial.number : origin}`;
  const bytes = await trial.checkpoints.get(name);
  const state = bytes ? JSON.parse(new TextDecoder().decode(bytes)) : { epochs: 0, at: [3, 2], step: [0, 0] };
  for (; state.epochs < epochs; state.epochs++) {
    const [x, y] = state.at;
    state.step = [momentum * state.step[0] - rate * x, momentum * state.step[1] - rate * 40 * y];
    state.at = [x + state.step[0], y + state.step[1]];
    trained += 1;
  }
  if (epochs < rungs.maxResource) await trial.checkpoints.set(name, new TextEncoder().encode(JSON.stringify(state)));
  else await trial.checkpoints.delete(name);
  return (state.at[0] ** 2 + 40 * state.at[1] ** 2) / 2;
}

const study = await createStudy({
  space: { rate: float(1e-3, 0.04, { log: true }), momentum: float(0, 0.95), ...rungParams(rungs) },
  sampler: asha(rungs),
  seed: 5,
});
await study.optimize(objective, { trials: 120 });

for (const rung of [1, 3, 9, 27, 81]) {
  console.log(`${study.trials.filter(({ params }) => params.epochs === rung).length} trials with ${rung} epochs`);
}
const configurations = study.trials.filter(({ params }) => params.origin < 0).length;
console.log(
  `${configurations} configurations in ${trained} epochs; in full they would have taken ${81 * configurations}`,
);
console.log(`best ${study.best.value.toExponential(2)}`);
