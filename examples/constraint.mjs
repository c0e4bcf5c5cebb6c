// The best trial among those that keep a constraint: quality under a limit on memory.
import { choice, createStudy, float, int } from "vernier";

const study = await createStudy({
  space: {
    layers: int(1, 12),
    width: int(16, 1024, { log: true }),
    dropout: float(0, 0.6),
    activation: choice(["relu", "gelu"]),
  },
  seed: 5,
});

await study.optimize(
  ({ layers, width, dropout, activation }, trial) => {
    const megabytes = (4 * layers * width * width) / 1e6;
    trial.setConstraint("memory", megabytes - 8); // at most 0: it fits
    const capacity = 1 / (1 + layers * Math.sqrt(width) * 0.02);
    return 0.05 + 0.3 * capacity + 0.2 * (dropout - 0.2) ** 2 + (activation === "gelu" ? 0 : 0.01);
  },
  { trials: 60 },
);

const { params, value, systemAttrs } = study.best;
console.log(`loss ${value.toFixed(4)} at ${(systemAttrs["constraints:memory"] + 8).toFixed(2)} of 8 MB`, params);
