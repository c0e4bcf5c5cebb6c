// Imports the package as a user does, through every one of its entries, and prints what a test looks at.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createStudy, float, logNormal, normal, random, setDefaultCore, version, weights, choice } from "vernier";
import { logLoss, setDefaultMath } from "vernier/metrics";
import { setDefaultSurrogate } from "vernier/surrogate";
import { decisionTreeRegressor, setDefaultModels, setDefaultTrees, svc } from "vernier/models";

const { exports: entries } = createRequire(import.meta.url)("../../package.json");
const names = {};
for (const entry of Object.keys(entries)) {
  if (/\*|\.(wasm|json)$/.test(entry)) continue;
  names[entry] = Object.keys(await import(`vernier${entry.slice(1)}`)).sort();
}

async function digest(options) {
  const study = await createStudy({ space: { x: float(-5, 5) }, seed: 7, ...options });
  await study.optimize(({ x }) => x * x, { trials: 30 });
  return study.digest();
}

const read = (entry) => readFileSync(createRequire(import.meta.url).resolve(entry));
const bytes = read("vernier/core.wasm");
const models = read("vernier/models.wasm");
const trees = read("vernier/trees.wasm");
const math = read("vernier/math.wasm");
const refusal = await createStudy({ wasm: new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]) }).catch((error) => ({
  code: error.code,
  message: error.message,
}));
const digests = [
  await digest({}),
  await digest({ wasm: bytes }),
  await digest({ wasm: new WebAssembly.Module(bytes) }),
];
setDefaultCore(bytes);
setDefaultSurrogate(read("vernier/surrogate.wasm"));
digests.push(await digest({}));

const fitted = () => svc({ kernel: "linear" }).fit([[0], [1], [2], [3]], ["a", "a", "b", "b"]).coef.data[0];
const slopes = [fitted()];
for (const source of [models, new WebAssembly.Module(models)]) {
  setDefaultModels(source);
  slopes.push(fitted());
}

const grown = () =>
  decisionTreeRegressor()
    .fit([[0], [1], [2]], [1, 2, 4])
    .predict([[1.6]])[0];
const leaves = [grown()];
for (const source of [trees, new WebAssembly.Module(trees)]) {
  setDefaultTrees(source);
  leaves.push(grown());
}

const loss = () =>
  logLoss(
    [0, 1],
    [
      [0.9, 0.1],
      [0.2, 0.8],
    ],
  );
const losses = [loss()];
for (const source of [math, new WebAssembly.Module(math)]) {
  setDefaultMath(source);
  losses.push(loss());
}

const space = { a: float(0, 10), b: float(1e-3, 10), c: choice(["x", "y"]) };
const distributions = { a: normal(5, 1), b: logNormal(0, 0.5), c: weights([1, 3]) };
const study = await createStudy({ space, seed: 1, sampler: random({ distributions }) });
await study.optimize(({ a }) => a, { trials: 400 });
const drawn = {
  a: study.trials.reduce((sum, trial) => sum + trial.params.a, 0) / 400,
  c: study.trials.filter((trial) => trial.params.c === "y").length / 400,
};
console.log(JSON.stringify({ names, digests, slopes, leaves, losses, refusal, drawn, version }));
