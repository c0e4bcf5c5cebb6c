import type { MatrixLike } from "./matrix.ts";

/** What a cell of a table may hold; null, undefined and NaN are missing values. */
export type Cell = number | string | boolean | null | undefined;

/** One column of a table [n]. */
export type Column = Float64Array | Float32Array | Int32Array | Uint8Array | readonly Cell[];

/** A table of equally long named columns, of numbers or categories. */
export type Table = Readonly<Record<string, Column>>;

/** The samples that a model or a transform is given: numbers row by row, or a table of columns. */
export type Features = MatrixLike | Table;
