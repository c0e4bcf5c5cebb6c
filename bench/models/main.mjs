// Cold fits and whole searches, one thread each, beside scikit-learn's where a Python that has it is given; without one
// beside LIBSVM and the ml-* packages. Both sides answer the jobs of jobs.json in processes of their own and take turns.
// Usage: npm run bench:models -- [--python PATH] [--only ID,...] [--full] [--out build/bench-models.json]
//   --full runs scikit-learn on whole searches too, which takes it minutes; else their time is scaled up from a part
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { printRows } from "../timing/print-rows.mjs";
import { median } from "../timing/medians.mjs";
import { candidatesOf } from "./candidates.mjs";
import { startScikitLearn, startVernier } from "./contestant.mjs";
import { heading, jobLine, memoryLine } from "./report.mjs";

/** Jobs whose two runs together take less are repeated until about this many milliseconds, after one that does not count. */
const BUDGET_MS = 5000;
const MAX_ROUNDS = 7;

const { values } = parseArgs({
  options: {
    python: { type: "string" },
    only: { type: "string" },
    full: { type: "boolean", default: false },
    out: { type: "string", default: "build/bench-models.json" },
  },
});
const allJobs = JSON.parse(readFileSync(new URL("jobs.json", import.meta.url), "utf8"));
const jobs = selected(values.only);
const python = values.python;
const startAll = async () => [startVernier(), ...(python === undefined ? [] : [await startScikitLearn(python)])];

function selected(only) {
  if (only === undefined) return allJobs;
  return only.split(",").map((id) => {
    const job = allJobs.find((job) => job.id === id);
    if (job !== undefined) return job;
    throw new Error(`--only: expected some of ${allJobs.map(({ id }) => id).join(", ")}, got ${id}`);
  });
}

/**
 * The contestants' answers by turns: of long jobs one, of short ones the medians of several. A job in processes of its
 * own runs once, so that their peak memory is what one such job takes.
 */
async function measure({ id, ownProcess }, contestants) {
  const rounds = [[]];
  for (const contestant of contestants) rounds[0].push(await contestant.run(id));
  const [ours] = rounds[0];
  const total = rounds[0].reduce((sum, { ms = 0 }) => sum + ms, 0);
  if (ours.missing !== undefined || ownProcess || total > BUDGET_MS) return rounds[0];
  const wanted = Math.min(MAX_ROUNDS, Math.ceil(BUDGET_MS / total));
  for (let round = 0; round < wanted; round++) {
    const answers = [];
    for (const contestant of contestants) answers.push(await contestant.run(id));
    rounds.push(answers);
  }
  // The first round, with compilers and caches cold, does not count.
  return rounds[0].map((_, i) => {
    const answers = rounds.slice(1).map((answers) => answers[i]);
    const middle = (name) => median(answers.map((answer) => answer[name]));
    return answers[0].missing === undefined
      ? { ...answers[0], ms: middle("ms"), processorMs: middle("processorMs"), rounds: answers.length }
      : answers[0];
  });
}

function expectSameTable(job, [ours, theirs]) {
  if (theirs?.checksum === undefined || ours.checksum === undefined || ours.checksum === theirs.checksum) return;
  throw new Error(`${job.id}: the two have other tables, of checksums ${ours.checksum} and ${theirs.checksum}`);
}

/** What scikit-learn would take for a whole, from what it took for a part; undefined where it did not run that. */
function scaledUp(job, rows) {
  const part = rows.find(({ id }) => id === job.whole);
  if (part?.theirs?.ms === undefined) return undefined;
  const count = (id) => candidatesOf(allJobs.find((job) => job.id === id)).length;
  return (part.theirs.ms * count(job.id)) / count(job.whole);
}

const shared = await startAll();
const about = shared[1]?.about;
console.log(about === undefined ? "vernier alone (--python PATH for scikit-learn)" : JSON.stringify(about));
console.log(heading(python !== undefined));
const rows = [];
for (const job of jobs) {
  // A variant is the same to us: it differs in scikit-learn's settings.
  if (job.variant && python === undefined) continue;
  const contestants = job.ownProcess ? await startAll() : shared;
  const asked = job.whole !== undefined && !values.full ? contestants.slice(0, 1) : contestants;
  const answers = await measure(job, asked);
  if (job.ownProcess) for (const contestant of contestants) contestant.end();
  expectSameTable(job, answers);
  const [ours, theirs] = answers;
  const row = { id: job.id, title: job.title, note: job.note, ours, theirs };
  if (asked.length < contestants.length) row.scaled = scaledUp(job, rows);
  rows.push(row);
  console.log(jobLine(row));
}
for (const contestant of shared) contestant.end();
for (const row of rows) {
  if (allJobs.find(({ id }) => id === row.id).ownProcess && row.ours.missing === undefined)
    console.log(memoryLine(row));
}
writeFileSync(values.out, `${JSON.stringify({ about, rows })}\n`);
console.log(`\nwritten to ${values.out}`);
if (python === undefined && values.only === undefined) await printRows(["logistic", "neighbors", "svm"]);
