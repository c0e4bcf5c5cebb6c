// Steps of random lengths, reports, pruning and failures: of all this only the lengths differ from run to run.
export default async function uneven({ x, n }, trial) {
  let value = 0;
  for (let step = 0; step < 4; step++) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
    value = x * x + n + 4 / (step + 1);
    trial.report(value, step);
    if (await trial.shouldPrune()) throw Object.assign(new Error("pruned"), { name: "TrialPruned" });
  }
  if (trial.number % 11 === 8) throw new Error("fails in every run");
  trial.setUserAttr("n", n);
  return value;
}
