// A space with conditional branches, one search, the best of it.
import { choice, createStudy, float, int } from "vernier";

const study = await createStudy({
  space: {
    model: choice({
      svm: { C: float(1e-3, 1e3, { log: true }), gamma: float(1e-4, 10, { log: true }) },
      forest: { trees: int(10, 500, { log: true }), depth: int(2, 32) },
    }),
    scale: choice([true, false]),
  },
  seed: 7,
});

// Stands for a model's validation error.
function error({ model, scale }) {
  const base = scale ? 0.05 : 0.07;
  if (model.kind === "svm")
    return base + 0.02 * (Math.log10(model.C) - 1) ** 2 + 0.03 * (Math.log10(model.gamma) + 2) ** 2;
  return base + 0.03 + 0.0004 * (model.depth - 14) ** 2;
}

await study.optimize(error, { trials: 100 });
console.log(study.best.value.toFixed(4), study.best.params);
