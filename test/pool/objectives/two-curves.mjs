/** Two opposed losses that fall over eight steps, some slower than others; reported together. */
export default async function objective({ x, n }, trial) {
  let values = [0, 0];
  for (let step = 0; step < 8; step++) {
    const slack = (8 - step) / 8;
    values = [x * x + slack * n, (x - 1) * (x - 1) + slack * (n % 3)];
    trial.report(values, step);
    if (await trial.shouldPrune()) throw Object.assign(new Error("pruned"), { name: "TrialPruned" });
  }
  return values;
}
