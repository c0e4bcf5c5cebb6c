// Median simple regret of the samplers on the benchmark's objectives, beside the peers' of peers.json.
// "=" marks a peer to whom ours is no worse, "<" one that does better; regrets under 1e-3 are equal.
// Usage: npm run bench:regret -- [--samplers tpe,random] [--objectives branin,levy4 | table | more | all]
//   [--seeds 20] [--trials 100] [--workers 2] [--published] [--out build/regret.json]
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measures } from "./objectives.mjs";
import { measureAll } from "./pool.mjs";
import { published, summary } from "./published.mjs";
import { samplers } from "./samplers.mjs";
import { compare, print } from "./table.mjs";

const { objectives, moreObjectives, publishedObjectives, quartiles } = await measures();
const definitions = { ...objectives, ...moreObjectives, ...publishedObjectives };
const groups = {
  table: Object.keys(objectives),
  more: Object.keys(moreObjectives),
  all: [...Object.keys(objectives), ...Object.keys(moreObjectives)],
};

function pick(option, text, known) {
  const names = text.split(",");
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new Error(`--${option}: expected some of ${known.join(", ")}, got ${unknown}`);
}

const progress = (done, all) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${all} studies${done === all ? "\n" : ""}`);
};

/** Whole curves of [first quartile, median, third quartile] by sampler and objective. */
async function curves(names, wanted, seeds, trials, workers) {
  const studies = names.flatMap((sampler) =>
    wanted.flatMap((objective) =>
      Array.from({ length: seeds }, (_, seed) => ({ sampler, objective, seed, trials, lag: 0 })),
    ),
  );
  const answers = await measureAll(studies, workers, progress);
  const rows = [];
  for (let at = 0; at < studies.length; at += seeds) {
    const { sampler, objective } = studies[at];
    const part = answers.slice(at, at + seeds);
    // A sampler that came to its space's end early stays where it was.
    const curve = Array.from({ length: trials }, (_, k) =>
      quartiles(part.map(({ trace }) => trace[k] ?? trace.at(-1))),
    );
    const milliseconds = quartiles(part.map((answer) => answer.milliseconds))[1] / trials;
    const [lower, median, upper] = [0, 1, 2].map((place) => curve.map((three) => three[place]));
    rows.push({ sampler, objective, seeds, millisecondsPerTrial: milliseconds, lower, median, upper });
  }
  return rows;
}

async function runPublished(names, workers) {
  const rows = [];
  for (const sampler of names) {
    for (const { objective, seeds, trials, lag, theirs } of published) {
      const studies = Array.from({ length: seeds }, (_, seed) => ({ sampler, objective, seed, trials, lag }));
      const answers = await measureAll(studies, workers, progress);
      const values = answers.map(({ trace }) => trace.at(-1) + definitions[objective].optimum);
      rows.push({ sampler, objective, seeds, trials, atATime: lag + 1, theirs, ...summary(values) });
      const { mean, deviation } = rows.at(-1);
      const ours = `${mean.toPrecision(4)} +- ${deviation.toPrecision(2)}`;
      console.log(`${sampler}, ${objective}, ${trials} evaluations, ${seeds} seeds: ${ours}; published: ${theirs}`);
    }
  }
  return rows;
}

const { values } = parseArgs({
  options: {
    samplers: { type: "string", default: "tpe" },
    objectives: { type: "string", default: "table" },
    seeds: { type: "string", default: "20" },
    trials: { type: "string", default: "100" },
    workers: { type: "string", default: "2" },
    published: { type: "boolean", default: false },
    out: { type: "string", default: "build/regret.json" },
  },
});
const names = pick("samplers", values.samplers, Object.keys(samplers));
const workers = Number(values.workers);
const result = {};
if (values.published) result.published = await runPublished(names, workers);
else {
  const wanted = groups[values.objectives] ?? pick("objectives", values.objectives, Object.keys(definitions));
  const [seeds, trials] = [Number(values.seeds), Number(values.trials)];
  result.curves = await curves(names, wanted, seeds, trials, workers);
  const { peers } = JSON.parse(readFileSync(new URL("./peers.json", import.meta.url), "utf8"));
  result.comparisons = [];
  for (const sampler of names) {
    const rows = result.curves.filter((row) => row.sampler === sampler);
    for (const evaluations of [50, 100].filter((budget) => budget <= trials)) {
      const comparison = compare(rows, Object.entries(peers), evaluations);
      print(sampler, seeds, comparison, Object.entries(peers));
      result.comparisons.push({ sampler, ...comparison });
    }
  }
}
writeFileSync(values.out, `${JSON.stringify(result)}\n`);
console.log(`\nwritten to ${values.out}`);
