import type { Matrix } from "../core/matrix.ts";
import type { Table } from "../core/table.ts";
import { type DefinedTransform, defineTransform, type FittedWith } from "./define-transform.ts";

export type PassthroughParams = Readonly<Record<never, never>>;
export type FittedPassthrough = FittedWith<PassthroughParams, object, Matrix | Table>;

/** Columns as they are, for `columns`. */
export const passthrough: DefinedTransform<PassthroughParams, FittedPassthrough> = defineTransform<
  PassthroughParams,
  object,
  Matrix | Table
>({
  name: "passthrough",
  defaults: {},
  check: () => ({}),
  learn: () => ({}),
  apply: (_, { X }) => X,
});
