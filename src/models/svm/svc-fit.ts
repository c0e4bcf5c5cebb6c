import type { Label } from "../../core/labels.ts";
import { type Matrix, takeRows } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import {
  type SvmKernel,
  type SvmMachine,
  type SvmSolution,
  svmDecide,
  svmDecideLinear,
  svmFit,
  svmWeights,
} from "../../wasm/svm.ts";
import { svmProbabilities } from "../../wasm/svm-probability.ts";
import { rowWeights } from "../class-weight.ts";
import type { FittedClassifier } from "../estimator.ts";
import type { ModelContents } from "../model-file.ts";
import { rememberedProducts } from "./product-memo.ts";
import { packSvc, type SvcState, unpackSvc } from "./svc-file.ts";
import type { SvcParams } from "./svc-params.ts";
import { pairSigmoids } from "./svc-probability.ts";
import { kernelOf, solverSettings } from "./svm-params.ts";
import { predictionData, type TrainingData } from "../training-data.ts";
import type { RowWeights } from "../weighted-rows.ts";

/** A trained support vector classifier over k classes; pairs of classes are (0,1), (0,2), ..., (1,2), .... */
export interface FittedSvc extends FittedClassifier {
  readonly params: Readonly<SvcParams>;
  /** The number that `params.gamma` came to on the training data. */
  readonly gamma: number;
  /** Rows of the training X that are support vectors, by class, increasing within a class. */
  readonly support: Int32Array;
  /** Number of support vectors of each class [k]. */
  readonly nSupport: readonly number[];
  /** The support vectors [s, d], in the order of `support`. */
  readonly supportVectors: Matrix;
  /**
   * Coefficients y alpha [k - 1, s]: of a vector of class c in the pair with class e, in row e (e < c) or e - 1.
   * With two classes the second one counts as positive, otherwise the pair's first.
   */
  readonly dualCoef: Matrix;
  /** Per pair, with the sign of `dualCoef`. */
  readonly intercepts: readonly number[];
  /** Weight vectors [pairs, d] for the linear kernel, with the sign of `dualCoef`; else null. */
  readonly coef: Matrix | null;
  /** Whether every pair met `tol`; false when `maxIterations` or double precision ended one. */
  readonly converged: boolean;
  /** Steps taken for each pair. */
  readonly iterations: readonly number[];
  /**
   * One column per pair [m, k (k - 1) / 2], positive where the pair's first class is chosen;
   * with two classes one column, positive for the second class.
   */
  decisionFunction(X: Features): Matrix;
  /**
   * Probabilities of the classes [m, k], with `probability: true` only. They come from other fits than the predictions and
   * may, where they are close, favor another class.
   */
  predictProba?(X: Features): Matrix;
  save(): ArrayBuffer;
}

/** Trains on checked data. */
export function fitSvc(core: ModelsCore, params: Readonly<SvcParams>, data: TrainingData & RowWeights): FittedSvc {
  const { X, labels, weights, kept } = data;
  const k = labels.classes.length;
  const { order, starts } = groupByClass(labels.codes, k);
  const kernel = kernelOf(params, X, weights);
  const settings = solverSettings(params, X.rows);
  const grouped = takeRows(X, order);
  // Products help only where the whole kernel matrix (and a pair's part of it) fits the cache.
  const products = 2 * X.rows * X.rows * 8 <= settings.cacheBytes ? rememberedProducts(core, X, order, grouped) : null;
  const counts = rowWeights(data, params.classWeight);
  const C = Float64Array.from(order, (row) => params.C * (counts === null ? 1 : (counts[row] as number)));
  const problem = { X: grouped, starts, C, products };
  const solution = svmFit(core, problem, kernel, settings);
  const { support, machine } = reduce(X, order, starts, kernel, solution);
  return fittedSvc(core, {
    params,
    classes: labels.classes,
    support: kept === null ? support : support.map((row) => kept[row] as number),
    machine,
    converged: solution.converged.every(Boolean),
    iterations: [...solution.iterations],
    sigmoids: params.probability ? pairSigmoids(core, problem, kernel, settings, params.seed) : null,
  });
}

/** Reads what `save()` of a trained classifier wrote. */
export function loadSvc(core: ModelsCore, contents: ModelContents): FittedSvc {
  return fittedSvc(core, unpackSvc(contents));
}

function fittedSvc(core: ModelsCore, state: SvcState): FittedSvc {
  const { params, classes, support, machine, converged, iterations, sigmoids } = state;
  const { vectors, intercepts, starts } = machine;
  const k = classes.length;
  const features = vectors.cols;
  const weights = params.kernel === "linear" ? svmWeights(core, machine) : null;
  const decide = (X: Features): { readonly rows: number; readonly values: Float64Array } => {
    const matrix = predictionData(X, features);
    const values =
      weights === null ? svmDecide(core, machine, matrix) : svmDecideLinear(core, weights, intercepts, matrix);
    return { rows: matrix.rows, values };
  };
  // Inside, the pair's first class is positive; with two classes the public face turns that round.
  const turned = (values: Float64Array): Float64Array => (k === 2 ? values.map((value) => 0 - value) : values.slice());
  return Object.freeze({
    params,
    classes,
    features,
    gamma: machine.kernel.gamma,
    support,
    nSupport: Array.from({ length: k }, (_, c) => (starts[c + 1] as number) - (starts[c] as number)),
    supportVectors: { ...vectors, data: vectors.data.slice() },
    dualCoef: { data: turned(machine.coef), rows: k - 1, cols: vectors.rows },
    intercepts: [...turned(intercepts)],
    coef: weights === null ? null : { data: turned(weights), rows: intercepts.length, cols: features },
    converged,
    iterations,
    save: () => packSvc(state),
    predict: (X: Features): Label[] => {
      const { rows, values } = decide(X);
      return vote(values, rows, classes);
    },
    decisionFunction: (X: Features): Matrix => {
      const { rows, values } = decide(X);
      return { data: turned(values), rows, cols: intercepts.length };
    },
    ...(sigmoids === null
      ? {}
      : { predictProba: (X: Features): Matrix => svmProbabilities(core, decide(X).values, sigmoids, k) }),
  });
}

/** The class of most pairwise wins in each row of values [rows, pairs]; the first of those that tie. */
function vote(values: Float64Array, rows: number, classes: readonly Label[]): Label[] {
  const k = classes.length;
  const votes = new Int32Array(k);
  let at = 0;
  return Array.from({ length: rows }, () => {
    votes.fill(0);
    for (let a = 0; a < k; a++) {
      for (let b = a + 1; b < k; b++) {
        const winner = (values[at++] as number) > 0 ? a : b;
        votes[winner] = (votes[winner] as number) + 1;
      }
    }
    return classes[votes.indexOf(Math.max(...votes))] as Label;
  });
}

/** Row numbers ordered by class, stable, and where each class starts [k + 1]. */
function groupByClass(codes: Int32Array, k: number): { readonly order: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(k + 1);
  for (const code of codes) starts[code + 1] = (starts[code + 1] as number) + 1;
  for (let c = 0; c < k; c++) starts[c + 1] = (starts[c + 1] as number) + (starts[c] as number);
  const next = starts.slice();
  const order = new Int32Array(codes.length);
  codes.forEach((code, row) => {
    const place = next[code] as number;
    order[place] = row;
    next[code] = place + 1;
  });
  return { order, starts };
}

/** Keeps the samples that have a coefficient other than 0 in any pair. */
function reduce(
  X: Matrix,
  order: Int32Array,
  starts: Int32Array,
  kernel: SvmKernel,
  solution: SvmSolution,
): { readonly support: Int32Array; readonly machine: SvmMachine } {
  const n = X.rows;
  const lines = starts.length - 2;
  const isSupport = (place: number): boolean => {
    for (let line = 0; line < lines; line++) if (solution.coef[line * n + place] !== 0) return true;
    return false;
  };
  const places = Array.from(order.keys()).filter(isSupport);
  const support = Int32Array.from(places, (place) => order[place] as number);
  const coef = new Float64Array(lines * places.length);
  for (let line = 0; line < lines; line++) {
    places.forEach((place, t) => {
      coef[line * places.length + t] = solution.coef[line * n + place] as number;
    });
  }
  const supportStarts = starts.map((start) => places.filter((place) => place < start).length);
  const { intercepts } = solution;
  return { support, machine: { kernel, vectors: takeRows(X, support), starts: supportStarts, coef, intercepts } };
}
