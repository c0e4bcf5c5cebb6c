import type { Matrix } from "../core/matrix.ts";
import { type Column, type Features, isTable, type Table } from "../core/table.ts";
import { type ModelContents, packModel } from "../models/model-file.ts";
import { alignFrame, cells, type Frame, type Inputs, pickColumns } from "./frame.ts";
import { joinColumns } from "./join-columns.ts";
import type { Step } from "./steps.ts";
import type { FittedTransform } from "./transform.ts";

/** A trained transform and the numbers of the columns that it takes. */
export interface FittedPart extends Step<FittedTransform> {
  readonly inputs: readonly number[];
}

export interface FittedColumns extends FittedTransform {
  /** The trained transforms by the names of their parts, and "remainder"; those without columns are not there. */
  readonly parts: Readonly<Record<string, FittedTransform>>;
}

export function fittedColumns(fitted: readonly FittedPart[], { names: inputs, named }: Inputs): FittedColumns {
  const names = joinedNames(fitted);
  return Object.freeze({
    name: "columns",
    features: inputs.length,
    names,
    parts: Object.freeze(Object.fromEntries(fitted.map(({ name, step }) => [name, step]))),
    transform(X: Features) {
      const frame = alignFrame(X, { names: inputs, named });
      const results = fitted.map((part) => part.step.transform(pickColumns(frame, part.inputs).X));
      return results.some(isTable) ? asTable(results, names, frame.rows) : sideBySide(results as Matrix[], frame.rows);
    },
    save() {
      const files = fitted.map(({ step }, k) => [`part${k}`, new Uint8Array(step.save())] as const);
      const parts = fitted.map(({ name, inputs }) => ({ name, inputs }));
      const settings = { parts, inputs: { names: inputs, named } };
      return packModel({ name: "columns", settings, arrays: Object.fromEntries(files) });
    },
  });
}

/** Reads what `save` wrote; `load` reads the file of a part. */
export function loadColumns(
  { settings, arrays }: ModelContents,
  load: (file: Uint8Array) => FittedTransform,
): FittedColumns {
  const { parts, inputs } = settings as unknown as {
    readonly parts: readonly Omit<FittedPart, "step">[];
    readonly inputs: Inputs;
  };
  const fitted = parts.map(({ name, inputs }, k) => ({ name, inputs, step: load(arrays[`part${k}`] as Uint8Array) }));
  return fittedColumns(fitted, inputs);
}

/** The names of the parts' columns; one that comes twice is led by its part's and a dot. */
function joinedNames(fitted: readonly FittedPart[]): string[] {
  const all = fitted.flatMap(({ name, step }) => step.names.map((column) => ({ name, column })));
  const times = new Map<string, number>();
  for (const { column } of all) times.set(column, (times.get(column) ?? 0) + 1);
  return all.map(({ name, column }) => ((times.get(column) as number) > 1 ? `${name}.${column}` : column));
}

function sideBySide(parts: readonly Matrix[], rows: number): Matrix {
  const cols = parts.reduce((sum, part) => sum + part.cols, 0);
  const data = new Float64Array(rows * cols);
  let start = 0;
  for (const part of parts) {
    for (let i = 0; i < rows; i++) {
      data.set(part.data.subarray(i * part.cols, (i + 1) * part.cols), i * cols + start);
    }
    start += part.cols;
  }
  return { data, rows, cols };
}

function asTable(parts: readonly (Matrix | Table)[], names: readonly string[], rows: number): Matrix | Table {
  const columns = parts.flatMap((X): Column[] => {
    if (isTable(X)) return Object.values(X);
    const own = Array.from({ length: X.cols }, (_, j) => `${j}`);
    const frame: Frame = { X, rows, names: own, named: false };
    return own.map((_, j) =>
      Float64Array.from(cells(frame, j), (cell) => (cell === null ? Number.NaN : (cell as number))),
    );
  });
  return joinColumns(
    columns.map((column, k) => [names[k] as string, column] as const),
    rows,
  );
}
