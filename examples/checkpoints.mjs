// A trial that is interrupted goes on from its last checkpoint, to the same digest.
// Usage: node examples/checkpoints.mjs [folder]
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStudy, float } from "vernier";
import { fileCheckpoints } from "vernier/storage/journal";

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), "vernier-"));
const epochs = 100;
let trained = 0;

// Gradient descent with momentum on a narrow valley. A trial keeps its state every 10 epochs, and what it reported with it.
async function objective({ rate, momentum }, trial) {
  const name = `descent ${trial.number}`;
  const bytes = await trial.checkpoints.get(name);
  const state = bytes ? JSON.parse(new TextDecoder().decode(bytes)) : { at: [3, 2], step: [0, 0], losses: [] };
  state.losses.forEach((loss, epoch) => trial.report(loss, epoch));
  while (state.losses.length < epochs) {
    trial.signal.throwIfAborted();
    const [x, y] = state.at;
    state.step = [momentum * state.step[0] - rate * x, momentum * state.step[1] - rate * 40 * y];
    state.at = [x + state.step[0], y + state.step[1]];
    trained += 1;
    state.losses.push((state.at[0] ** 2 + 40 * state.at[1] ** 2) / 2);
    trial.report(state.losses.at(-1), state.losses.length - 1);
    if (state.losses.length % 10 === 0) {
      await trial.checkpoints.set(name, new TextEncoder().encode(JSON.stringify(state)));
    }
    interruption?.(trained);
  }
  await trial.checkpoints.delete(name);
  return state.losses.at(-1);
}

let interruption = null;
const create = (checkpoints) =>
  createStudy({ space: { rate: float(1e-3, 0.04, { log: true }), momentum: float(0, 0.95) }, seed: 5, checkpoints });

const study = await create(fileCheckpoints(folder));
const controller = new AbortController();
interruption = (count) => count === 1234 && controller.abort();
await study.optimize(objective, { totalTrials: 20, signal: controller.signal });
console.log(`${study.stopReason} after ${trained} epochs, in trial ${study.trials.length - 1}`);
await study.optimize(objective, { totalTrials: 20 });
console.log(`${study.trials.length} trials with ${trained} epochs, best ${study.best.value.toExponential(2)}`);

const whole = await create();
await whole.optimize(objective, { totalTrials: 20 });
console.log(`digest ${study.digest() === whole.digest() ? "as" : "other than"} without the interruption`);
