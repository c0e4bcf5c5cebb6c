// Where regretBound() stops: trials at the stop, and the regret there against that after 100 trials and the noise.
// Run after a build: node bench/stopping.mjs [seeds] [options of regretBound() as JSON]
import { flattenSpace, float } from "../build/js/core/space.js";
import { gp } from "../build/js/samplers/gp.js";
import { random } from "../build/js/samplers/random.js";
import { tpe } from "../build/js/samplers/tpe.js";
import { regretBound } from "../build/js/stopping/regret-bound.js";
import { defaultCore } from "../build/js/wasm/default-core.js";
import { normals } from "../build/js/wasm/random.js";
import { measures } from "./regret/objectives.mjs";

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
function regretAt({ trials, regrets }, n) {
  let best = 0;
  for (let i = 1; i < n; i++) if (trials[i].values[0] < trials[best].values[0]) best = i;
  return regrets[best];
}

function stopOf(rule, objective, trials) {
  const space = flattenSpace(objective.space);
  for (let n = 1; n < trials.length; n++) {
    const input = { core, space, directions: ["minimize"], history: trials.slice(0, n), elapsed: 0 };
    const reason = rule.reasonToStop(input);
    if (reason !== null) return { n, noise: Number(reason.split(" ").at(-1)) };
  }
  return null;
}

const digits = (x) => Number(x.toPrecision(2)).toString();
const rows = [];
let asked = 0;
let spent = 0;
for (const [sampler, make] of Object.entries({ gp, tpe, random })) {
  for (const [name, deviation, told] of cases) {
    const objective = { bowl, ...objectives, ...moreObjectives }[name];
    const stops = [];
    const atEnd = [];
    for (let seed = 0; seed < seeds; seed++) {
      const study = run(make, objective, deviation, seed);
      const start = performance.now();
      const stop = stopOf(regretBound(told === null ? options : { ...options, noise: told }), objective, study.trials);
      spent += performance.now() - start;
      asked += stop?.n ?? TRIALS - 1;
      atEnd.push(regretAt(study, TRIALS));
      if (stop !== null) stops.push({ ...stop, regret: regretAt(study, stop.n) });
    }
    const trials = quartiles(stops.map(({ n }) => n));
    rows.push({
      sampler,
      objective: name,
      deviation,
      told: told ?? "nothing",
      stopped: `${stops.length} of ${seeds}`,
      trials: stops.length === 0 ? "" : trials.map(Math.round).join(", "),
      "regret there": stops.length === 0 ? "" : digits(quartiles(stops.map(({ regret }) => regret))[1]),
      "at 100": digits(quartiles(atEnd)[1]),
      "above noise": `${stops.filter(({ regret, noise }) => regret > noise).length}`,
    });
  }
}
console.table(rows);
console.log(`${(spent / asked).toFixed(1)} ms a trial`);
