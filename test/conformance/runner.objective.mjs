// One objective for every behavior that a runner must carry over; `params.behavior` picks it.
import { TrialPruned } from "../../build/js/study/objective.js";

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class OutOfData extends Error {
  name = "OutOfData";
}

const behaviors = {
  square: ({ x }) => x * x,
  later: async ({ x }) => {
    await sleep(2);
    return x;
  },
  several: () => [1, -0, -2.5],
  identify: (_, trial) => [trial.number, trial.seed],
  nan: () => Number.NaN,
  infinity: () => [1, Number.POSITIVE_INFINITY],
  nothing: () => {},
  text: () => "0.5",
  empty: () => [],
  typeError: () => null.missing,
  customError: () => {
    throw new OutOfData("row 7 is missing");
  },
  rejects: async () => {
    await sleep(1);
    throw new RangeError("too late");
  },
  throwsText: () => {
    throw "no error object";
  },
  pruned: () => {
    throw new TrialPruned();
  },
  prunedByName: () => {
    throw Object.assign(new Error("another copy of the class"), { name: "TrialPruned" });
  },
  talk: async ({ values, pause }, trial) => {
    for (const [step, value] of values.entries()) {
      trial.report(value, step);
      trial.setUserAttr(`step${step}`, { step, list: [value] });
      trial.setConstraint("steps", step - 2);
      if (pause) await sleep(pause);
    }
    return values.length;
  },
  prune: async ({ steps }, trial) => {
    for (let step = 0; step < steps; step++) {
      trial.report(step / 2, step);
      if (await trial.shouldPrune()) throw new TrialPruned();
    }
    return steps;
  },
  suggest: (_, trial) => {
    const known = trial.suggestFloat("known", 0, 1);
    const depth = trial.suggestInt("depth", 1, 8);
    const kernel = trial.suggestCategorical("kernel", ["linear", "rbf", null]);
    return [known, depth, kernel === null ? 2 : ["linear", "rbf"].indexOf(kernel)];
  },
  twoRanges: (_, trial) => trial.suggestFloat("x", 0, 1) + trial.suggestFloat("x", 0, 2),
  numbers: ({ values }) =>
    values.map((value) => (Object.is(value, -0) ? 1 : Number.isNaN(value) ? 2 : value === -Infinity ? 3 : 0)),
  checkpoints: async ({ name }, { checkpoints }) => {
    const before = await checkpoints.get(name);
    const given = new Uint8Array([0, 1, 2, 3]).subarray(1);
    const set = checkpoints.set(name, given);
    given.fill(9);
    await set;
    const found = await checkpoints.get(name);
    await checkpoints.delete("gone");
    // -1: there was none; a transferred array would have no length.
    return [
      before?.length ?? -1,
      given.length,
      found.buffer.byteLength,
      ...found,
      (await checkpoints.get("gone")) ? 1 : 0,
    ];
  },
  refusedCheckpoint: async ({ name, text }, { checkpoints }) => {
    const refusal = await checkpoints.set(name, text).catch((error) => error);
    throw Object.assign(new Error(refusal.message), { name: refusal.code });
  },
  stuck: () => new Promise(() => {}),
};

export default (params, trial) => behaviors[params.behavior](params, trial);
