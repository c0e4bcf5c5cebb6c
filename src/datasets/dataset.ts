import type { Matrix } from "../core/matrix.ts";

/** A built-in table with its labels. Frozen; `X.data` is shared by all callers and must not be written to. */
export interface Dataset<L extends string | number> {
  readonly name: string;
  /** Features [n, d]. */
  readonly X: Matrix;
  /** The n labels. */
  readonly y: readonly L[];
  /** The d columns' names. */
  readonly features: readonly string[];
  /** The classes, sorted. */
  readonly targets: readonly L[];
  /** What was measured, by whom, and under which license. */
  readonly description: string;
}
