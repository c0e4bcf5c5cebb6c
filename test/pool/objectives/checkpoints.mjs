// Objectives that use checkpoints, for workers of any runtime, without imports; `workerData.behavior` picks one.
const worker = crypto.randomUUID();
const encode = (value) => new TextEncoder().encode(JSON.stringify(value));
const decode = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const epochs = 100;
let data;

export function setup(given) {
  data = given;
}

async function waitFor(checkpoints, name) {
  for (;;) {
    const bytes = await checkpoints.get(name);
    if (bytes !== null) return decode(bytes);
    await sleep(2);
  }
}

const behaviors = {
  // Trials in pairs: each keeps what worker it ran in, and reads that of its partner, which runs beside it or did before.
  async pairs({ x }, trial) {
    const partner = trial.number ^ 1;
    await trial.checkpoints.set(`trial ${trial.number}`, encode(worker));
    const other = data.together || partner < trial.number ? await waitFor(trial.checkpoints, `trial ${partner}`) : null;
    trial.setUserAttr("workers", [worker, other]);
    return x;
  },

  // Goes on from where it was interrupted: it keeps its state after 5 epochs, and when it is told to stop.
  async climb({ x }, trial) {
    const name = `trial ${trial.number}`;
    const found = await trial.checkpoints.get(name);
    const state = found === null ? { epoch: 0, sum: x, reports: [] } : decode(found);
    trial.setUserAttr("from", state.epoch);
    for (const [step, value] of state.reports.entries()) trial.report(value, step);
    while (state.epoch < epochs) {
      await sleep(2);
      state.sum = state.sum / 2 + state.epoch;
      trial.report(state.sum, state.epoch);
      state.reports.push(state.sum);
      state.epoch += 1;
      const { aborted, reason } = trial.signal;
      if (aborted || state.epoch === 5) await trial.checkpoints.set(name, encode(state));
      if (aborted) throw reason;
    }
    await trial.checkpoints.delete(name);
    return state.sum;
  },
};

export default (params, trial) => behaviors[data.behavior](params, trial);
