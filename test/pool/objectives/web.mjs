// Ways to behave in a worker of any runtime, without imports; `workerData.behaviors` has one for each trial.
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let behaviors;
let count = 0;

export function setup(data) {
  behaviors = data.behaviors;
}

class OutOfData extends Error {
  name = "OutOfData";
}

const known = {
  count: () => ++count,
  nap: async () => {
    await sleep(50);
    return 0;
  },
  spin: () => {
    for (;;);
  },
  close: async () => {
    self.close();
    await sleep(60_000);
  },
  exit: (_, trial) => {
    trial.report(0.5, 0);
    trial.report(0.25, 1);
    process.exit(3);
  },
  uncaught: async () => {
    setTimeout(() => {
      throw new RangeError("lost in a timer");
    }, 5);
    await sleep(60_000);
  },
  unhandled: async () => {
    Promise.reject(new OutOfData("nobody caught this"));
    await sleep(60_000);
  },
  throws: () => {
    throw new OutOfData("row 7 is missing");
  },
  // Ends when it is told to.
  obeys: (_, trial) =>
    new Promise((resolve) => {
      trial.signal.addEventListener("abort", () => resolve(1), { once: true });
    }),
  ignores: () => sleep(60_000),
  // The reason that the trial before was given.
  tells: (_, trial) => {
    trial.setUserAttr("count", ++count);
    trial.setUserAttr("reason", told);
    return 0;
  },
  listens: (_, trial) =>
    new Promise((_, reject) => {
      count++;
      trial.signal.addEventListener("abort", () => {
        told = `${trial.signal.reason.name}: ${trial.signal.reason.message}`;
        reject(trial.signal.reason);
      });
    }),
};
let told = "";

export default (params, trial) => known[behaviors[trial.number]](params, trial);
