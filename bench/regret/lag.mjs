// What a lag costs a search: median regret by lag, as a multiple of that of lag 1 (each trial knows all before it).
// A figure is the geometric mean over the objectives; regrets under 1e-3 count as 1e-3.
// Usage, after a build: node bench/regret/lag.mjs [--samplers tpe,auto] [--objectives branin,levy4,...]
//   [--lags 1,2,4,8,16] [--seeds 20] [--trials 50,100] [--workers 2]
import { parseArgs } from "node:util";
import { measures } from "./objectives.mjs";
import { measureAll } from "./pool.mjs";

const { values } = parseArgs({
  options: {
    samplers: { type: "string", default: "tpe,auto" },
    objectives: { type: "string", default: "branin,hartmann6,levy4,rosenbrock4,ackley5,mixed5,conditional,branin_noisy" },
    lags: { type: "string", default: "1,2,4,8,16" },
    seeds: { type: "string", default: "20" },
    trials: { type: "string", default: "50,100" },
    workers: { type: "string", default: "2" },
  },
});
const list = (text) => text.split(",");
const samplers = list(values.samplers);
const objectives = list(values.objectives);
const lags = list(values.lags).map(Number);
const budgets = list(values.trials).map(Number);
const seeds = Number(values.seeds);
const trials = Math.max(...budgets);
const { quartiles } = await measures();

// regretTrace counts the trials under way while the next is asked, which are one fewer than the lag.
const studies = samplers.flatMap((sampler) =>
  objectives.flatMap((objective) =>
    lags.flatMap((lag) =>
      Array.from({ length: seeds }, (_, seed) => ({ sampler, objective, seed, trials, lag: lag - 1 })),
    ),
  ),
);
const answers = await measureAll(studies, Number(values.workers));

function medianRegret(sampler, objective, lag, budget) {
  const regrets = [];
  for (const [i, study] of studies.entries()) {
    if (study.sampler !== sampler || study.objective !== objective || study.lag !== lag - 1) continue;
    const { trace } = answers[i];
    regrets.push(trace[Math.min(budget, trace.length) - 1]);
  }
  return quartiles(regrets)[1];
}

const figure = (value) => value.toPrecision(2).padStart(9);
for (const sampler of samplers) {
  for (const budget of budgets) {
    console.log(`\n${sampler} at ${budget}, ${seeds} seeds${" ".repeat(8)}lag ${lags.map((lag) => String(lag).padStart(6)).join("   ")}`);
    const medians = objectives.map((objective) => lags.map((lag) => medianRegret(sampler, objective, lag, budget)));
    for (const [i, objective] of objectives.entries()) console.log(`  ${objective.padEnd(28)}${medians[i].map(figure).join("")}`);
    const ratios = lags.map((_, at) => {
      const logs = medians.map((row) => Math.log(Math.max(row[at], 1e-3) / Math.max(row[0], 1e-3)));
      return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
    });
    console.log(`  ${"geometric mean of the ratios".padEnd(28)}${ratios.map(figure).join("")}`);
  }
}
