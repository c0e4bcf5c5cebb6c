import { takeRows } from "../../core/matrix.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { permutation } from "../../wasm/random.ts";
import { svmDecide, svmFit, type SvmKernel, type SvmProblem, type SvmSettings } from "../../wasm/svm.ts";
import { svmSigmoid } from "../../wasm/svm-probability.ts";

// Platt scaling as LIBSVM does it: each pair of classes is trained five more times, each time without a fifth of its
// samples, and a sigmoid is fitted to the decision values of the samples that were left out.

const FOLDS = 5;

/** The pairs' sigmoids [pairs, 2] (see `svmSigmoid`), for a problem whose rows are grouped by class. */
export function pairSigmoids(
  core: ModelsCore,
  problem: SvmProblem,
  kernel: SvmKernel,
  settings: SvmSettings,
  seed: number,
): Float64Array {
  const k = problem.starts.length - 1;
  const sigmoids: number[] = [];
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      const key = { seed, trial: 0, purpose: `svc/probability/${a}/${b}` };
      const rows = Int32Array.from([...membersOf(problem.starts, a), ...membersOf(problem.starts, b)]);
      const middle = problem.starts[a + 1] as number;
      const first = rows.map((row) => (row < middle ? 1 : 0));
      const order = permutation(core, key, rows.length);
      const values = new Float64Array(rows.length);
      for (let fold = 0; fold < FOLDS; fold++) {
        const from = Math.floor((fold * rows.length) / FOLDS);
        const to = Math.floor(((fold + 1) * rows.length) / FOLDS);
        const test = order.slice(from, to).sort();
        if (test.length === 0) continue;
        const held = new Set(test);
        const train = Int32Array.from([...rows.keys()].filter((place) => !held.has(place)));
        const decided = decideHeldOut(core, problem, kernel, settings, rows, first, train, test);
        test.forEach((place, i) => {
          values[place] = decided[i] as number;
        });
      }
      sigmoids.push(...svmSigmoid(core, values, first));
    }
  }
  return Float64Array.from(sigmoids);
}

// Decision values of the places `test` by a machine trained on the places `train`, which stand class by class; where
// that leaves a single class, +1 or -1 for it.
function decideHeldOut(
  core: ModelsCore,
  { X, C }: SvmProblem,
  kernel: SvmKernel,
  settings: SvmSettings,
  rows: Int32Array,
  first: Int32Array,
  train: Int32Array,
  test: Int32Array,
): Float64Array {
  const count = train.filter((place) => first[place] === 1).length;
  if (count === 0 || count === train.length) {
    const sign = train.length === 0 ? 0 : count === 0 ? -1 : 1;
    return new Float64Array(test.length).fill(sign);
  }
  const trainRows = train.map((place) => rows[place] as number);
  const part = takeRows(X, trainRows);
  const starts = Int32Array.of(0, count, train.length);
  const bounds = Float64Array.from(trainRows, (row) => C[row] as number);
  const { coef, intercepts } = svmFit(core, { X: part, starts, C: bounds }, kernel, settings);
  const testRows = test.map((place) => rows[place] as number);
  return svmDecide(core, { kernel, vectors: part, starts, coef, intercepts }, takeRows(X, testRows));
}

function membersOf(starts: Int32Array, c: number): number[] {
  const start = starts[c] as number;
  return Array.from({ length: (starts[c + 1] as number) - start }, (_, i) => start + i);
}
