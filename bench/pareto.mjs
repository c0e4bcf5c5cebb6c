// Hypervolume of samplers with several objectives over seeds, as a ratio to random search's, and the time of an ask.
// Of a hypervolume what counts is what is left to the front: (best - reached) / (best - reached by random search).
// Run after a build: node bench/pareto.mjs
import { pathToFileURL } from "node:url";
import { dominatedVolume } from "../build/js/core/dominated-volume.js";
import { flattenSpace } from "../build/js/core/space.js";
import { gp } from "../build/js/samplers/gp.js";
import { nsga2 } from "../build/js/samplers/nsga2.js";
import { nsga3 } from "../build/js/samplers/nsga3.js";
import { random } from "../build/js/samplers/random.js";
import { tpe } from "../build/js/samplers/tpe.js";
import { defaultCore } from "../build/js/wasm/default-core.js";
import { measures } from "./regret/objectives.mjs";
import { median, medians } from "./timing/medians.mjs";
import { provideSurrogate } from "../build/js/surrogate.js";

provideSurrogate();

const core = defaultCore();
const seeds = 11;
const checkpoints = [50, 100, 500];
const samplers = {
  random: { make: random, trials: 500 },
  nsga2: { make: nsga2, trials: 500 },
  "nsga2, sbx": { make: () => nsga2({ crossover: "sbx" }), trials: 500 },
  nsga3: { make: nsga3, trials: 500 },
  tpe: { make: tpe, trials: 500 },
  gp: { make: gp, trials: 100 },
};

/** The hypervolume of a study's trials at each checkpoint, and the median milliseconds of an ask. */
function search({ make, trials }, problem, seed) {
  const space = flattenSpace(problem.space);
  const directions = problem.reference.map(() => "minimize");
  const distributions = Object.fromEntries(space.map((param) => [param.name, param.distribution]));
  const sampler = make();
  const history = [];
  const times = [];
  for (let trial = 0; trial < trials; trial++) {
    const key = { seed, trial, purpose: "sampler" };
    const start = performance.now();
    const internal = sampler.suggest(core, { space, directions, history: [...history], pending: [], key });
    times.push(performance.now() - start);
    const values = problem.values(Object.values(internal));
    const rest = { intermediate: [], systemAttrs: {} };
    history.push({ number: trial, state: "complete", internal, distributions, values, ...rest });
  }
  const volumeAt = (count) => dominatedVolume(values.slice(0, count), problem.reference);
  const values = history.map((trial) => trial.values);
  return { volumes: checkpoints.filter((count) => count <= trials).map(volumeAt), time: median(times) };
}

/** Points of the positive orthant of the unit sphere turned to minimize: none dominates another. */
function front(n, m) {
  let state = 1;
  const next = () => (state = (state * 48271) % 2147483647) / 2147483647;
  return Array.from({ length: n }, () => {
    const direction = Array.from({ length: m }, () => next() + next() + 1e-3);
    const length = Math.hypot(...direction);
    return direction.map((x) => 1 - x / length);
  });
}

/** The rows of the table. */
export async function run() {
  const { multiProblems } = await measures();
  const rows = [];
  for (const problem of multiProblems) {
    const reached = {};
    for (const [name, sampler] of Object.entries(samplers)) {
      const studies = Array.from({ length: seeds }, (_, seed) => search(sampler, problem, seed));
      reached[name] = studies.map(({ volumes }) => volumes);
      const time = median(studies.map((study) => study.time));
      checkpoints.forEach((trials, at) => {
        if (trials > sampler.trials) return;
        const volume = median(reached[name].map((volumes) => volumes[at]));
        const left = (seed, of) => problem.best - reached[of][seed][at];
        const ratio = median(reached[name].map((_, seed) => left(seed, name) / left(seed, "random")));
        rows.push({
          name: `${problem.name}, ${name}: share left after ${trials} trials, to random's`,
          ratio,
          note: `${seeds} seeds; hypervolume ${volume.toPrecision(4)} of ${problem.best.toPrecision(4)}, ${time.toPrecision(2)} ms an ask`,
        });
      });
    }
  }
  for (const [n, m] of [
    [1000, 2],
    [1000, 3],
    [1000, 4],
    [100, 5],
  ]) {
    const points = front(n, m);
    const reference = new Array(m).fill(1.1);
    const [time] = medians([() => dominatedVolume(points, reference)], { rounds: 5, roundMs: 50 });
    rows.push({ name: `hypervolume, ${n} points of a front, ${m} objectives`, ratio: time / 1e6, unit: "ms" });
  }
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { name, ratio, unit = "", note = "" } of await run()) {
    console.log(`${name}: ${ratio.toPrecision(3)} ${unit} (${note})`);
  }
}
