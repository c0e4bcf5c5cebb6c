// Time of a trial: ask + tell by sampler and length of the study, and whole studies of an empty objective.
import { cmaes, createStudy, gp, random, tpe } from "../../build/js/index.js";
import { askAndTell, space, studyOf } from "./studies.mjs";
import { besideYardstick } from "./yardstick.mjs";

// [what, sampler, trials beforehand, target in ms, trials a round, rounds, whether rounds are unequal by nature]
const asks = [
  ["random()", random, 1000, 0.02, 100, 15, false],
  ["cmaes()", cmaes, 1000, 0.05, 60, 15, false],
  ["tpe()", tpe, 1000, 0.5, 10, 15, false],
  ["tpe()", tpe, 5000, 2.5, 5, 15, false],
  // A Gaussian process is fitted anew at every 6th trial here, at every 15th there.
  ["gp()", gp, 200, 15, 1, 30, true],
  ["gp()", gp, 500, 80, 1, 30, true],
];

export async function askRows() {
  const rows = [];
  for (const [what, make, n, target, trials, rounds, mean] of asks) {
    const study = await studyOf(n, make());
    // Later asks know the study: the first reads all of it, and compilers warm up.
    for (let k = 0; k < 3; k++) await askAndTell(study, trials);
    const figure = await besideYardstick(() => askAndTell(study, trials), { rounds, mean });
    rows.push({ name: `ask + tell, ${what}, n = ${n}`, unit: "ms", target, ...figure });
  }
  return rows;
}

export async function optimizeRows() {
  const optimize = (trials) => async () => {
    const study = await createStudy({ space, seed: 1, sampler: random() });
    const start = performance.now();
    await study.optimize(() => 0, { trials });
    return performance.now() - start;
  };
  await optimize(1000)();
  const few = await besideYardstick(optimize(1000), { rounds: 15 });
  const many = await besideYardstick(optimize(10_000), { rounds: 3 });
  return [
    { name: "1,000 empty random trials", unit: "ms", target: 30, ...few },
    { name: "10,000 empty random trials", unit: "ms", target: 300, ...many },
  ];
}
