// Steps of random lengths; by their numbers trials fail, end their worker or never end.
export default async function eventful({ x, y, n }, trial) {
  let value = 0;
  for (let step = 0; step < 4; step++) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 12));
    value = x * x + y + n + 4 / (step + 1);
    trial.report(value, step);
    if (await trial.shouldPrune()) throw Object.assign(new Error("pruned"), { name: "TrialPruned" });
    if (step === 0 && trial.number % 8 === 5) process.exit(3);
    if (step === 0 && trial.number === 3) await new Promise(() => {});
    if (step === 2 && trial.number % 8 === 2) throw new Error("fails in every run");
  }
  if (trial.number % 3 === 0) value += trial.suggestFloat("extra", 0, 1);
  trial.setConstraint("n", n - 6.5);
  return value;
}
