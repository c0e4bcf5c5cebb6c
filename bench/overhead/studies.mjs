// The studies that are timed: ten parameters, one objective, as many trials beforehand as asked for.
import { choice, createStudy, float, int, memory, random } from "../../build/js/index.js";

export const space = {
  a: float(0, 1),
  b: float(-5, 5),
  c: float(0, 10),
  d: float(-1, 3),
  e: float(0, 1),
  f: float(1e-5, 1, { log: true }),
  g: float(1e-3, 1e3, { log: true }),
  h: float(1e-4, 10, { log: true }),
  i: int(1, 64),
  j: choice(["relu", "tanh", "sigmoid"]),
};

const { j: _, ...numbersOnly } = space;
/** Without the choice. */
export const numbers = numbersOnly;

/** Smooth, with one optimum, and without anything worth the time. */
export function smooth({ a, b, c, d, e, f, g, h, i, j }) {
  const linear = (a - 0.3) ** 2 + (b / 10) ** 2 + (c / 10 - 0.6) ** 2 + (d / 4) ** 2 + (e - 0.8) ** 2;
  const logs = (Math.log10(f) / 5 + 0.4) ** 2 + (Math.log10(g) / 6) ** 2 + (Math.log10(h) / 5 + 0.2) ** 2;
  return linear + logs + (i / 64 - 0.5) ** 2 + (j === "tanh" ? 0 : 0.1);
}

/** A study with `n` trials, drawn at random, that goes on with `sampler`. */
export async function studyOf(n, sampler, ofSpace = space) {
  const options = { name: "overhead", space: ofSpace, seed: 1, storage: memory() };
  const filler = await createStudy({ ...options, sampler: random() });
  await filler.optimize(smooth, { trials: n });
  return createStudy({ ...options, sampler });
}

/** Asks for and tells so many trials. */
export async function askAndTell(study, trials) {
  for (let k = 0; k < trials; k++) {
    const trial = await study.ask();
    await study.tell(trial, smooth(trial.params));
  }
}
