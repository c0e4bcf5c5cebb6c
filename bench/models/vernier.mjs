// Runs jobs of jobs.json on Vernier: takes their ids from standard input, one a line, and prints a JSON line for each:
// wall and processor milliseconds, what was reached, the table's checksum and the process's peak memory, or why the
// job cannot run. bench/peers/scikit-learn.py does the same on scikit-learn.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { choice, float } from "../../build/js/index.js";
import { estimatorNamed } from "../../build/js/models/index.js";
import { randomSearch } from "../../build/js/selection.js";
import { candidatesOf } from "./candidates.mjs";
import { checksum, table } from "./tables.mjs";

const jobs = JSON.parse(readFileSync(new URL("jobs.json", import.meta.url), "utf8"));
const tables = new Map();
const peakMegabytes = () => process.resourceUsage().maxRSS / 1024;

function tableOf(name) {
  if (!tables.has(name)) {
    const made = table(name);
    tables.set(name, { ...made, checksum: checksum(made) });
  }
  return tables.get(name);
}

/** A table that has not been seen, so that nothing kept by an earlier fit helps. */
const fresh = ({ X, y }) => [{ ...X, data: X.data.slice() }, [...y]];

/** Starts measuring; the answer stops: wall and processor milliseconds. */
function watch() {
  const spent = process.cpuUsage();
  const start = performance.now();
  return () => {
    const ms = performance.now() - start;
    const { user, system } = process.cpuUsage(spent);
    return { ms, processorMs: (user + system) / 1000 };
  };
}

function runFit({ model, params, predict = false }, estimator, data) {
  const [X, y] = fresh(data);
  const [queries] = fresh(data);
  const stop = watch();
  const fitted = estimator.with(params).fit(X, y);
  let predicted = predict ? fitted.predict(queries) : null;
  const times = stop();
  predicted ??= fitted.predict(queries);
  const reached = { accuracy: predicted.filter((label, i) => label === y[i]).length / y.length };
  if (model === "logisticRegression") reached.objective = objectiveOf(fitted, data, params);
  return { ...times, reached };
}

/** C times the sum of the log losses, plus half the squares of the weights. */
function objectiveOf(fitted, { X, y }, { C }) {
  const P = fitted.predictProba(X);
  const column = new Map(fitted.classes.map((label, k) => [label, k]));
  const loss = y.reduce((sum, label, i) => sum - Math.log(P.data[i * P.cols + column.get(label)]), 0);
  return C * loss + fitted.coef.data.reduce((sum, w) => sum + w * w, 0) / 2;
}

/** The search as a user starts it, but for a sampler that takes the listed candidates in turn. */
async function runSearch(job, estimator, data) {
  const candidates = candidatesOf(job);
  const [X, y] = fresh(data);
  const listed = Object.keys(candidates[0]).filter((name) => name !== "C");
  const values = Object.fromEntries(listed.map((name) => [name, [...new Set(candidates.map((c) => c[name]))]]));
  const space = { C: float(1e-6, 1e6) };
  for (const name of listed) space[name] = choice(values[name]);
  const sampler = {
    name: "listed",
    suggest(_core, { key }) {
      const candidate = candidates[key.trial];
      const suggestion = { C: candidate.C };
      for (const name of listed) suggestion[name] = values[name].indexOf(candidate[name]);
      return suggestion;
    },
  };
  const options = { sampler, trials: candidates.length, seed: 1, refit: false };
  const stop = watch();
  const { table: rows } = await randomSearch(estimator, space, X, y, options);
  return { ...stop(), reached: { means: rows.map(({ mean }) => mean) } };
}

async function run(id) {
  const job = jobs.find((job) => job.id === id);
  let estimator;
  try {
    estimator = estimatorNamed(job.model);
  } catch {
    return { missing: `no ${job.model} in this build` };
  }
  const data = tableOf(job.table);
  const result = job.kind === "fit" ? runFit(job, estimator, data) : await runSearch(job, estimator, data);
  return { ...result, checksum: data.checksum, peakMegabytes: peakMegabytes() };
}

for await (const id of createInterface({ input: process.stdin })) {
  const answer = await run(id).catch((error) => ({ missing: `${error}` }));
  console.log(JSON.stringify({ id, ...answer }));
}
