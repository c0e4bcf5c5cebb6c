// Time of a trial: ask + tell by sampler and length of the study, and whole studies of an empty objective.
import { cmaes, createStudy, gp, random, tpe } from "../../build/js/index.js";
import { askAndTell, numbers, space, studyOf } from "./studies.mjs";
import { besideYardstick } from "./yardstick.mjs";

// Rounds of a Gaussian process are unequal: it is fitted anew at every 6th trial of 200.
const asks = [
  { what: "random()", make: random, n: 5000, target: 0.02, count: 50, rounds: 21, warmUp: 4000 },
  { what: "cmaes(), numbers", make: cmaes, n: 1000, target: 0.05, count: 12, rounds: 21, space: numbers },
  { what: "cmaes()", make: cmaes, n: 1000, target: 0.05, count: 12, rounds: 21 },
  { what: "tpe()", make: tpe, n: 1000, target: 0.5, count: 4, rounds: 21 },
  { what: "tpe()", make: tpe, n: 5000, target: 2.5, count: 4, rounds: 21 },
  { what: "gp()", make: gp, n: 200, target: 15, count: 1, rounds: 30, warmUp: 4, mean: true },
  { what: "gp()", make: gp, n: 500, target: 80, count: 1, rounds: 30, warmUp: 4, mean: true },
];

/** The trials asked for are those around number n. */
export async function askRows() {
  const rows = [];
  for (const { what, make, n, target, count, rounds, warmUp = 400, mean, space } of asks) {
    const study = await studyOf(n - warmUp - (count * rounds) / 2, make(), space);
    // Later asks know the study: the first reads all of it, and compilers warm up.
    await askAndTell(study, warmUp);
    const figure = await besideYardstick(() => askAndTell(study, count), { rounds, count, mean });
    rows.push({ name: `ask + tell, ${what}, n = ${n}, ms`, target, ...figure });
  }
  return rows;
}

export async function optimizeRows() {
  const optimize = (trials) => async () => {
    const study = await createStudy({ space, seed: 1, sampler: random() });
    await study.optimize(() => 0, { trials });
  };
  await optimize(1000)();
  const few = await besideYardstick(optimize(1000), { rounds: 21 });
  const many = await besideYardstick(optimize(10_000), { rounds: 5 });
  return [
    { name: "1,000 empty random trials, ms", target: 30, ...few },
    { name: "10,000 empty random trials, ms", target: 300, ...many },
  ];
}
