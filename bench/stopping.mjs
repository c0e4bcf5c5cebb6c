// Where regretBound() stops: trials at the stop, and the regret there against that after 100 trials and the noise.
// Run after a build: node bench/stopping.mjs [seeds] [options of regretBound() as JSON]
import { flattenSpace, float } from "../build/js/core/space.js";
import { breastCancer, iris } from "../build/js/datasets/index.js";
import { logisticRegression, svc } from "../build/js/models/index.js";
import { gp } from "../build/js/samplers/gp.js";
import { random } from "../build/js/samplers/random.js";
import { tpe } from "../build/js/samplers/tpe.js";
import { bayesSearch } from "../build/js/selection.js";
import { regretBound } from "../build/js/stopping/regret-bound.js";
import { defaultCore } from "../build/js/wasm/default-core.js";
import { normals } from "../build/js/wasm/random.js";
import { measures } from "./regret/objectives.mjs";
import { provideSurrogate } from "../build/js/surrogate.js";

provideSurrogate();

const TRIALS = 100;
const seeds = Number(process.argv[2] ?? 10);
const options = JSON.parse(process.argv[3] ?? "{}");
const core = defaultCore();
const { objectives, moreObjectives, feedback, quartiles } = await measures();

const bowl = {
  space: { x: float(-1, 1), y: float(-1, 1) },
  value: ({ x, y }) => (x - 0.3) ** 2 + (y + 0.2) ** 2,
  optimum: 0,
};

// [objective, standard deviation of the observations, what the rule is told: null leaves it to the model].
const cases = [
  ["bowl", 0, null],
  ["bowl", 0.1, null],
  ["branin", 0, null],
  ["branin", 0, 0.5],
  ["branin", 2, 2],
  ["branin", 2, null],
  ["hartmann3", 0, 0.1],
  ["hartmann3", 0.2, 0.2],
  ["hartmann3", 0.02, null],
  ["levy4", 0, 1],
  ["rastrigin4", 0, 2],
  ["ackley5", 0, 1],
  ["mixed5", 0, 0.2],
  ["mixed5", 0.1, null],
  ["conditional", 0, 0.01],
  ["conditional", 0.01, null],
  ["three_branches", 0, 0.02],
];

/** Observed trials and their true regrets. */
function run(make, objective, deviation, seed) {
  const noise = normals(core, { seed, trial: 0, purpose: "objective noise" }, TRIALS);
  const regrets = [];
  const observe = (params, number) => {
    const value = objective.value(params);
    regrets.push(value - objective.optimum);
    return value + deviation * noise[number];
  };
  return { trials: feedback(core, make(), objective.space, observe, { seed, trials: TRIALS }), regrets };
}

/** The regret of the trial with the best observed value of the first n. */
function regretAt({ trials, regrets, directions }, n) {
  const sign = directions?.[0] === "maximize" ? -1 : 1;
  let best = 0;
  for (let i = 1; i < n; i++) if (sign * trials[i].values[0] < sign * trials[best].values[0]) best = i;
  return regrets[best];
}

/** Columns with mean 0 and mean square 1. */
function scaled({ data, rows, cols }) {
  const out = data.slice();
  for (let j = 0; j < cols; j++) {
    const column = Array.from({ length: rows }, (_, i) => data[i * cols + j]);
    const mean = column.reduce((sum, x) => sum + x / rows, 0);
    const deviation = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2 / rows, 0));
    column.forEach((x, i) => (out[i * cols + j] = (x - mean) / deviation));
  }
  return { data: out, rows, cols };
}

function stopOf(rule, space, directions, trials) {
  for (let n = 1; n < trials.length; n++) {
    const input = { core, space, directions, history: trials.slice(0, n), elapsed: 0 };
    const reason = rule.reasonToStop(input);
    if (reason !== null) return { n, noise: Number(reason.split(" ").at(-1)) };
  }
  return null;
}

const digits = (x) => Number(x.toPrecision(2)).toString();
const rows = [];
let asked = 0;
let spent = 0;

/** Asks the rule after every trial of each study, and adds a line on where it stopped them. */
function measure(labels, told, space, studies) {
  const stops = [];
  for (const study of studies) {
    const rule = regretBound(told === null ? options : { ...options, noise: told });
    const start = performance.now();
    const stop = stopOf(rule, space, study.directions ?? ["minimize"], study.trials);
    spent += performance.now() - start;
    asked += stop?.n ?? TRIALS - 1;
    if (stop !== null) stops.push({ ...stop, regret: regretAt(study, stop.n) });
  }
  rows.push({
    ...labels,
    told: told ?? "nothing",
    stopped: `${stops.length} of ${seeds}`,
    trials:
      stops.length === 0
        ? ""
        : quartiles(stops.map(({ n }) => n))
            .map(Math.round)
            .join(", "),
    "regret there": stops.length === 0 ? "" : digits(quartiles(stops.map(({ regret }) => regret))[1]),
    "at 100": digits(quartiles(studies.map((study) => regretAt(study, TRIALS)))[1]),
    "above noise": stops.filter(({ regret, noise }) => regret > noise).length,
  });
}

const everySeed = Array.from({ length: seeds }, (_, seed) => seed);
for (const [sampler, make] of Object.entries({ gp, tpe, random })) {
  for (const [name, deviation, told] of cases) {
    const objective = { bowl, ...objectives, ...moreObjectives }[name];
    const studies = everySeed.map((seed) => run(make, objective, deviation, seed));
    measure({ sampler, objective: name, deviation }, told, flattenSpace(objective.space), studies);
  }
}

// Models: the regret is what is missing to the best mean score of any seed's search; the noise is that of the folds.
const wide = { C: float(1e-3, 1e3, { log: true }), gamma: float(1e-4, 10, { log: true }) };
for (const [sampler, make] of Object.entries({ gp, tpe, random })) {
  for (const [data, { X, y }] of Object.entries({ iris: iris(), "breast cancer": breastCancer() })) {
    for (const [model, estimator, space] of [
      ["svc", svc(), wide],
      ["logistic", logisticRegression(), { C: float(1e-4, 1e4, { log: true }) }],
    ]) {
      const searched = [];
      for (const seed of everySeed) {
        const settings = { seed, trials: TRIALS, sampler: make(), refit: false };
        const { study } = await bayesSearch(estimator, space, scaled(X), y, settings);
        searched.push(study.trials);
      }
      const best = Math.max(...searched.flat().map(({ values }) => values[0]));
      const studies = searched.map((trials) => ({
        trials,
        directions: ["maximize"],
        regrets: trials.map(({ values }) => best - values[0]),
      }));
      measure({ sampler, objective: `${model}, ${data}`, deviation: "" }, null, flattenSpace(space), studies);
    }
  }
}
console.table(rows);
console.log(`${(spent / asked).toFixed(1)} ms a trial`);
