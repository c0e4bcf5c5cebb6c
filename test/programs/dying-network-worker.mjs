// A worker of a search of networks whose thread ends in the middle of trial 1.
import train, { setup } from "../../build/js/neural/tuning/network-worker.js";

export { setup };

export default function objective(params, trial) {
  if (trial.number !== 1) return train(params, trial);
  const report = trial.report.bind(trial);
  trial.report = (value, step) => {
    report(value, step);
    if (step === 1) process.exit(3);
  };
  return train(params, trial);
}
