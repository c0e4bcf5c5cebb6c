// The time of one suggestion against the number of finished trials, ten parameters, as a study asks: the history
// is a new array each time and longer by one trial.
// Run after a build: node bench/samplers.mjs
import { pathToFileURL } from "node:url";
import { flattenSpace, choice, float, int } from "../build/js/core/space.js";
import { cmaes } from "../build/js/samplers/cmaes.js";
import { random } from "../build/js/samplers/random.js";
import { tpe } from "../build/js/samplers/tpe.js";
import { defaultCore } from "../build/js/wasm/default-core.js";
import { median } from "./timing/medians.mjs";

const core = defaultCore();
const real = flattenSpace(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`x${i}`, float(0, 1)])));
const mixed = flattenSpace({
  a: float(0, 1),
  b: float(1e-5, 1, { log: true }),
  c: float(-1, 1, { step: 0.01 }),
  d: int(1, 64),
  e: int(8, 512, { log: true }),
  f: int(0, 100000),
  g: choice(["relu", "tanh", "sigmoid"]),
  h: choice([true, false]),
  i: float(1e-3, 1e3, { log: true }),
  j: float(0, 10),
});

const input = (space, history, trial) => ({
  space,
  directions: ["minimize"],
  history,
  pending: [],
  key: { seed: 1, trial, purpose: "sampler" },
});

function record(space, number, internal) {
  const distributions = Object.fromEntries(space.map((param) => [param.name, param.distribution]));
  const value = Object.values(internal).reduce((sum, x) => sum + (x - 0.3) ** 2, 0);
  return { number, state: "complete", internal, distributions, values: [value], intermediate: [], systemAttrs: {} };
}

/**
 * Median milliseconds of an ask with n, n + 1, ... known trials, singly and in the mean of ten, and of the first ask of
 * a fresh sampler.
 */
function askTime(make, space, n, rounds) {
  const source = random();
  const trials = Array.from({ length: n }, (_, k) => record(space, k, source.suggest(core, input(space, [], k))));
  const sampler = make();
  const times = [];
  for (let round = 0; round < rounds + 3; round++) {
    const history = [...trials];
    const start = performance.now();
    const internal = sampler.suggest(core, input(space, history, trials.length));
    times.push(performance.now() - start);
    trials.push(record(space, trials.length, internal));
  }
  const later = times.slice(3);
  const tens = Array.from({ length: Math.floor(later.length / 10) }, (_, i) => later.slice(10 * i, 10 * i + 10));
  const means = tens.map((ten) => ten.reduce((sum, time) => sum + time, 0) / 10);
  return { first: times[0], usual: median(later), mean: median(means) };
}

/** The rows of the table. */
export function run() {
  const rows = [];
  for (const make of [tpe, cmaes]) {
    askTime(make, mixed, 300, 100);
    askTime(make, real, 300, 300);
  }
  const base = askTime(random, real, 1000, 200).usual;
  rows.push({ name: "random, ask, any number of trials", ratio: base, unit: "ms" });
  for (const [kind, space] of [
    ["10 real parameters", real],
    ["10 mixed parameters", mixed],
  ]) {
    for (const n of [10, 100, 1000, 5000]) {
      const { first, usual } = askTime(tpe, space, n, n > 500 ? 30 : 100);
      const note = `${kind}; of a resumed study the first ${first.toFixed(1)} ms`;
      rows.push({ name: `tpe, ask, ${n} trials`, ratio: usual, unit: "ms", note });
    }
    for (const n of [100, 1000]) {
      // An ask in every tenth tells a generation.
      const { first, mean } = askTime(cmaes, space, n, 300);
      const note = `mean of ten; ${kind}; of a resumed study the first ${first.toFixed(1)} ms`;
      rows.push({ name: `cmaes, ask, ${n} trials`, ratio: mean, unit: "ms", note });
    }
  }
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { name, ratio, unit, note } of run())
    console.log(`${name}: ${ratio.toPrecision(3)} ${unit} (${note ?? ""})`);
}
