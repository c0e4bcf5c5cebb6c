import { expectOneOf, show, VernierError } from "../core/errors.ts";
import type { Features } from "../core/table.ts";
import type { EstimatorParams, Spec } from "../models/estimator.ts";
import { type ColumnSelection, checkSelection, selectedColumns } from "./column-selection.ts";
import { type FittedColumns, type FittedPart, fittedColumns } from "./columns-fitted.ts";
import { pickColumns, toFrame } from "./frame.ts";
import { passthrough } from "./passthrough.ts";
import {
  type AnyTransform,
  isTransform,
  joinedParams,
  joinedSpace,
  namedSteps,
  type Step,
  specOf,
  splitChanges,
} from "./steps.ts";
import type { Target, Transform, TransformOptions } from "./transform.ts";

/** A transform for some columns, by itself or with a name of its own. */
export type ColumnsPart =
  | readonly [step: AnyTransform, columns: ColumnSelection]
  | readonly [name: string, step: AnyTransform, columns: ColumnSelection];

export interface ColumnsOptions {
  /** What becomes of columns that no part selects: left out (the default), or put at the end as they are. */
  readonly remainder?: "drop" | "passthrough";
}

export type ColumnsTransform = Transform<EstimatorParams, FittedColumns>;

interface PartOfColumns extends Step<AnyTransform> {
  readonly columns: ColumnSelection;
}

/**
 * A transform for each group of columns, their results side by side: a Matrix where all are of numbers, else a table.
 * `columns([[standardScaler(), "numeric"], [oneHotEncoder(), ["city"]]])`. Columns are selected by name (of a
 * table), by number, or by kind; a part that selects none is left out. Settings are the parts', as in `pipeline`.
 * Throws `invalid-argument` for what is no part.
 */
export function columns(parts: readonly ColumnsPart[], options: ColumnsOptions = {}): ColumnsTransform {
  if (!Array.isArray(parts)) refuse("columns", "expected a list of [transform, columns]", show(parts));
  const split = parts.map((part: unknown, k) => {
    const list = Array.isArray(part) ? part : [];
    if (list.length < 2 || list.length > 3) refuse(`columns[${k}]`, "expected [transform, columns]", show(part));
    return {
      step: list.length === 3 ? list.slice(0, 2) : list[0],
      columns: checkSelection(`columns[${k}]`, list.at(-1)),
    };
  });
  const steps = namedSteps(
    "columns",
    split.map(({ step }) => step as AnyTransform),
  );
  const named = steps.map(({ name, step }, k): PartOfColumns => {
    if (!isTransform(step)) refuse(`columns[${k}]`, "expected a transform", show(step.name));
    if (name === "remainder") refuse(`columns[${k}]`, 'expected another name than "remainder"', show(name));
    return { name, step, columns: split[k]?.columns as ColumnSelection };
  });
  return columnsOf(named, expectOneOf("remainder", options.remainder ?? "drop", ["drop", "passthrough"]));
}

function columnsOf(parts: readonly PartOfColumns[], remainder: "drop" | "passthrough"): ColumnsTransform {
  // Made anew as a whole or not at all.
  const whole = parts.every(({ step }) => step.spec !== undefined);
  const spec = (): Spec => ({
    name: "columns",
    params: { remainder },
    parts: parts.map(({ name, step, columns }) => ({ name, spec: specOf(step), columns })),
  });
  return Object.freeze({
    task: "transform",
    name: "columns",
    params: Object.freeze({ remainder, ...joinedParams(parts) }),
    supervised: parts.some(({ step }) => step.supervised),
    space: () => joinedSpace(parts),
    with: (changes: Readonly<Record<string, unknown>>) => changed(parts, remainder, changes),
    ...(whole && { spec }),
    fit: (X: Features, y?: Target, { names }: TransformOptions = {}) => fit(parts, remainder, X, y, names),
  });
}

function fit(
  parts: readonly PartOfColumns[],
  remainder: "drop" | "passthrough",
  X: Features,
  y: Target | undefined,
  names: readonly string[] | undefined,
): FittedColumns {
  const frame = toFrame(X, names);
  const selected = parts.map((part) => ({ ...part, inputs: selectedColumns(frame, part.columns) }));
  const taken = new Set(selected.flatMap(({ inputs }) => inputs));
  const rest = [...frame.names.keys()].filter((j) => remainder === "passthrough" && !taken.has(j));
  const all = [...selected, { name: "remainder", step: passthrough() as AnyTransform, inputs: rest }];
  const fitted: FittedPart[] = [];
  for (const { name, step, inputs } of all) {
    if (inputs.length === 0) continue;
    const own = pickColumns(frame, inputs);
    // A table brings its names itself.
    fitted.push({ name, inputs, step: step.fit(own.X, y, own.named ? {} : { names: own.names }) });
  }
  if (fitted.length > 0) return fittedColumns(fitted, frame);
  throw new VernierError("invalid-data", '"X": expected columns that the parts select, got none of them');
}

function changed(
  parts: readonly PartOfColumns[],
  remainder: "drop" | "passthrough",
  { remainder: next = remainder, ...changes }: Readonly<Record<string, unknown>>,
): ColumnsTransform {
  const { inner, own } = splitChanges("columns", parts, changes);
  for (const [name, value] of own) refuse(name, "expected settings of the part as an object", show(value));
  const settled = parts.map(({ name, step, columns }) => ({ name, step: step.with(inner.get(name) ?? {}), columns }));
  return columnsOf(settled, expectOneOf("remainder", next, ["drop", "passthrough"]));
}

function refuse(name: string, expected: string, got: string): never {
  throw new VernierError("invalid-argument", `"${name}": ${expected}, got ${got}`);
}
