// What the reproducible schedule costs: its throughput as a share of the eager one's, by the distribution of the
// trials' times, the number of workers and the lag. Simulated with keyed random numbers: the same figures every time.
// What a lag costs in quality is measured by bench/regret/lag.mjs.
// Run after a build: node bench/run.mjs schedule
import { defaultCore } from "../build/js/wasm/default-core.js";
import { normals, uniforms } from "../build/js/wasm/random.js";
import { support } from "./regret/objectives.mjs";
import { median } from "./timing/medians.mjs";

const TRIALS = 1000;
const STUDIES = 21;
const WORKERS = [2, 4, 8, 16];
// Multiples of the number of workers.
const LAGS = [1, 1.5, 2, 3, 4];

const core = defaultCore();
const key = (trial) => ({ seed: 5, trial, purpose: "trial times" });
const uniform = (study) => [...uniforms(core, key(study), TRIALS)];

/** Times of mean 1, but for their scale, which does not matter. */
const times = {
  constant: () => new Array(TRIALS).fill(1),
  "uniform, 0.5 to 1.5": (study) => uniform(study).map((u) => 0.5 + u),
  "uniform, 0 to 2": (study) => uniform(study).map((u) => 2 * u),
  exponential: (study) => uniform(study).map((u) => -Math.log1p(-u)),
  "log-normal, sigma 0.5": (study) => [...normals(core, key(study), TRIALS)].map((z) => Math.exp(0.5 * z)),
  "log-normal, sigma 1": (study) => [...normals(core, key(study), TRIALS)].map(Math.exp),
};

/** The function that gives the reproducible schedule's throughput with a lag as a share of the eager one's. */
export async function throughput() {
  const { scheduleTimes } = await support(["schedule-times.ts"]);
  return (name, workers, lag) => {
    const ratios = [];
    for (let study = 0; study < STUDIES; study++) {
      const durations = times[name](study);
      const [eager, lagging] = [null, lag].map((lag) => scheduleTimes(durations, workers, lag).makespan);
      ratios.push(eager / lagging);
    }
    return median(ratios);
  };
}

/** Rows {name, ratio, unit, note}: the throughput at lag 2 W as a share of the eager one's; the note has all lags. */
export async function run() {
  const share = await throughput();
  const rows = [];
  for (const name of Object.keys(times)) {
    for (const workers of WORKERS) {
      const shares = LAGS.map((multiple) => share(name, workers, Math.round(multiple * workers)));
      const note = LAGS.map((multiple, i) => `${multiple} W: ${shares[i].toFixed(2)}`).join(", ");
      rows.push({ name: `times ${name}, ${workers} workers`, ratio: shares[LAGS.indexOf(2)], unit: "x", note });
    }
  }
  return rows;
}
