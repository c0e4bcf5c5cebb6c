// Time of one ask + tell against the number of trials that a study has.
// Run after a build: node bench/study.mjs
import { pathToFileURL } from "node:url";
import { createStudy, float, random, tpe } from "../build/js/index.js";
import { median } from "./timing/medians.mjs";

const SIZES = [10, 100, 500, 1000];
const ROUNDS = 15;
const space = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`x${i}`, float(0, 1)]));

async function studyOf(n, sampler) {
  const study = await createStudy({ space, seed: 1, sampler });
  // Known beforehand: drawn at random, so that the study is quickly as long as it shall be.
  const filler = await createStudy({ space, seed: 2, sampler: random() });
  for (let i = 0; i < n; i++) {
    const { params } = await filler.ask();
    await study.enqueue(params);
  }
  await study.optimize(({ x0 }) => x0, { trials: n });
  return study;
}

async function askAndTell(study) {
  const start = performance.now();
  const trial = await study.ask();
  await study.tell(trial, trial.params.x0);
  return performance.now() - start;
}

/** Rows {name, ratio, unit, note}: how many times what random search takes TPE takes. */
export async function run() {
  const rows = [];
  for (const n of SIZES) {
    const studies = [await studyOf(n, tpe()), await studyOf(n, random())];
    const times = [[], []];
    for (let round = -3; round < ROUNDS; round++) {
      for (const [i, study] of studies.entries()) {
        const time = await askAndTell(study);
        if (round >= 0) times[i].push(time);
      }
    }
    const [guided, blind] = times.map(median);
    const note = `${guided.toPrecision(3)} ms against ${blind.toPrecision(3)} ms`;
    rows.push({ name: `ask + tell, ${n} trials, tpe / random`, ratio: guided / blind, unit: "x", note });
  }
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.table(await run());
