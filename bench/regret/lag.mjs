// What a lag costs a search: median regret after so many trials, by lag, and after the same time, by lag and workers, as
// the throughput of bench/schedule.mjs has it. Ratios are geometric means over the objectives; regrets under 1e-3 count
// as 1e-3.
// Usage: npm run bench:lag -- [--samplers tpe,auto] [--objectives branin,levy4,...]
//   [--lags 1,2,3,4,6,8,12,16] [--seeds 20] [--trials 50,100] [--workers 2]
import { parseArgs } from "node:util";
import { throughput } from "../schedule.mjs";
import { measures } from "./objectives.mjs";
import { measureAll } from "./pool.mjs";

const { values } = parseArgs({
  options: {
    samplers: { type: "string", default: "tpe,auto" },
    objectives: {
      type: "string",
      default: "branin,hartmann6,levy4,rosenbrock4,ackley5,mixed5,conditional,branin_noisy",
    },
    lags: { type: "string", default: "1,2,3,4,6,8,12,16" },
    seeds: { type: "string", default: "20" },
    trials: { type: "string", default: "50,100" },
    workers: { type: "string", default: "2" },
  },
});
const list = (text) => text.split(",");
const objectives = list(values.objectives);
const lags = list(values.lags).map(Number);
const budgets = list(values.trials).map(Number);
const seeds = Number(values.seeds);
const trials = Math.max(...budgets);
const { quartiles } = await measures();
const share = await throughput();

/** Median regret by objective, lag and trials done: `traces[objective][lag][trials - 1]`. */
async function medianTraces(sampler) {
  // regretTrace counts the trials under way while the next is asked, which are one fewer than the lag.
  const studies = objectives.flatMap((objective) =>
    lags.flatMap((lag) =>
      Array.from({ length: seeds }, (_, seed) => ({ sampler, objective, seed, trials, lag: lag - 1 })),
    ),
  );
  const answers = await measureAll(studies, Number(values.workers));
  const traces = {};
  for (let at = 0; at < studies.length; at += seeds) {
    const { objective, lag } = studies[at];
    const part = answers.slice(at, at + seeds);
    traces[objective] ??= {};
    traces[objective][lag + 1] = Array.from(
      { length: trials },
      (_, k) => quartiles(part.map(({ trace }) => trace[k] ?? trace.at(-1)))[1],
    );
  }
  return traces;
}

const figure = (value) => value.toPrecision(2).padStart(10);

/** Geometric mean over the objectives of the ratio of two regrets, each [lag, trials done]. */
function ratio(traces, [lag, done], [otherLag, otherDone]) {
  const logs = objectives.map((objective) => {
    const [ours, theirs] = [traces[objective][lag][done - 1], traces[objective][otherLag][otherDone - 1]];
    return Math.log(Math.max(ours, 1e-3) / Math.max(theirs, 1e-3));
  });
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

function printByLag(sampler, traces, budget) {
  console.log(`\n${sampler} after ${budget} trials, ${seeds} seeds, by lag`);
  console.log(`${"".padEnd(30)}${lags.map((lag) => String(lag).padStart(10)).join("")}`);
  for (const objective of objectives) {
    console.log(`  ${objective.padEnd(28)}${lags.map((lag) => figure(traces[objective][lag][budget - 1])).join("")}`);
  }
  const ratios = lags.map((lag) => ratio(traces, [lag, budget], [lags[0], budget]));
  console.log(`  ${`to that of lag ${lags[0]}`.padEnd(28)}${ratios.map(figure).join("")}`);
}

function printByTime(sampler, traces, budget) {
  console.log(
    `\n${sampler} in the time in which the eager schedule does ${budget} trials: regret to that of lag = workers`,
  );
  for (const workers of [2, 4, 8].filter((count) => lags.includes(count))) {
    for (const times of ["uniform, 0.5 to 1.5", "log-normal, sigma 0.5", "exponential", "log-normal, sigma 1"]) {
      const done = (lag) => Math.max(1, Math.round(budget * share(times, workers, lag)));
      const cells = [1, 1.5, 2, 3, 4]
        .map((multiple) => multiple * workers)
        .filter((lag) => lags.includes(lag))
        .map((lag) => `lag ${lag}:${figure(ratio(traces, [lag, done(lag)], [workers, done(workers)]))}`);
      console.log(`  ${workers} workers, ${times.padEnd(24)}${cells.join("   ")}`);
    }
  }
}

for (const sampler of list(values.samplers)) {
  const traces = await medianTraces(sampler);
  for (const budget of budgets) {
    printByLag(sampler, traces, budget);
    printByTime(sampler, traces, budget);
  }
}
