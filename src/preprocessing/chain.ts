import type { Matrix } from "../core/matrix.ts";
import { isTable, type Table } from "../core/table.ts";
import { remembered } from "../models/table-memo.ts";
import type { Frame } from "./frame.ts";
import { memoKey } from "./memo-key.ts";
import { type AnyTransform, type Step, specOf } from "./steps.ts";
import type { FittedTransform, Target } from "./transform.ts";

/** Transforms fitted one after the other, each on what the one before made of the training data. */
export interface FittedChain {
  readonly fitted: readonly Step<FittedTransform>[];
  /** The training data, transformed by all. */
  readonly X: Matrix | Table;
  readonly names: readonly string[];
}

/**
 * Fits the steps. What they make of a training table is kept while the same one is fitted again and again, as a
 * search does with its folds: candidates that share their first steps then share the work, and the table itself,
 * by which a model knows what it has kept.
 */
export function fitChain(steps: readonly Step<AnyTransform>[], frame: Frame, y: Target | undefined): FittedChain {
  const last = steps.at(-1);
  if (last === undefined) return { fitted: [], X: frame.X, names: frame.names };
  const fit = (): FittedChain => {
    const before = fitChain(steps.slice(0, -1), frame, y);
    const fitted = last.step.fit(before.X, y, { names: before.names });
    const X = fitted.transform(before.X);
    return { fitted: [...before.fitted, { name: last.name, step: fitted }], X, names: fitted.names };
  };
  // What depends on y, or on more than plain settings, is not told apart by X and settings alone.
  if (steps.some(({ step }) => step.supervised || step.spec === undefined)) return fit();
  const what = JSON.stringify(["transforms", frame.names, steps.map(({ name, step }) => [name, specOf(step)])]);
  return remembered(memoKey(frame.X), what, ({ X }) => bytesOf(X), fit);
}

/** X through all the transforms of a chain. */
export function transformChain(chain: readonly Step<FittedTransform>[], X: Matrix | Table): Matrix | Table {
  return chain.reduce((rows, { step }) => step.transform(rows), X);
}

// What the transforms themselves take is of the order of a few rows.
function bytesOf(X: Matrix | Table): number {
  if (!isTable(X)) return X.data.byteLength;
  return Object.values(X).reduce((sum, column) => sum + 8 * column.length, 0);
}
