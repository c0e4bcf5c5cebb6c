import type { Matrix } from "../core/matrix.ts";
import type { Space } from "../core/space.ts";
import type { Features, Table } from "../core/table.ts";
import type { EstimatorParams } from "../models/estimator.ts";
import { mergeParams } from "../models/merge-params.ts";
import { type ModelContents, packModel } from "../models/model-file.ts";
import { alignFrame, type Frame, type Inputs, toFrame } from "./frame.ts";
import type { FittedTransform, Target, Transform, TransformMaker, TransformOptions } from "./transform.ts";

/**
 * A transform's method: its settings, what it learns from a table, and how it applies that. `S` is what it learned:
 * plain data that JSON keeps, and typed arrays for numbers that may not be finite or are many.
 */
export interface TransformMethod<P extends object, S extends object, O extends Matrix | Table> {
  readonly name: string;
  readonly defaults: Readonly<P>;
  readonly supervised?: boolean;
  /** The settings checked; throws `invalid-argument`. */
  check(params: Readonly<Record<keyof P, unknown>>): P;
  /** What is usually tuned; `{}` where there is nothing. */
  space?(): Space;
  learn(params: Readonly<P>, X: Frame, y: Target | undefined): S;
  /** X with the columns that were learned from, transformed. */
  apply(fitted: Learned<P, S>, X: Frame): O;
  /** The names of the columns of what `apply` returns, where they are not those that were learned from. */
  names?(fitted: Learned<P, S>): readonly string[];
  /** What `apply` was given, from what it returned. */
  invert?(fitted: Learned<P, S>, Z: Frame): Matrix;
}

/** What a fitted transform knows. */
export type Learned<P, S> = Readonly<S> & { readonly params: Readonly<P>; readonly inputs: readonly string[] };

/** A trained transform that shows its settings, the columns it learned from, and what it learned. */
export type FittedWith<P, S, O extends Matrix | Table = Matrix> = FittedTransform<O> & Learned<P, S>;

/** A maker that can read what its fitted transforms saved. */
export interface DefinedTransform<P extends object, F extends FittedTransform> extends TransformMaker<P, F> {
  load(contents: ModelContents): F;
}

/** The maker of the transform with the given method. */
export function defineTransform<P extends object, S extends object, O extends Matrix | Table = Matrix>(
  method: TransformMethod<P, S, O>,
): DefinedTransform<P, FittedWith<P, S, O>> {
  const { name, supervised = false, space } = method;
  const checked = (changes: Readonly<Record<string, unknown>>, base: Readonly<P>): Readonly<P> =>
    Object.freeze(method.check(mergeParams(name, changes, base)));
  const make = (params: Readonly<P>): Transform<P, FittedWith<P, S, O>> =>
    Object.freeze({
      task: "transform",
      name,
      params,
      supervised,
      ...(space && { space }),
      spec: () => ({ name, params: params as EstimatorParams }),
      with: (changes: Readonly<Record<string, unknown>>) => make(checked(changes, params)),
      fit(X: Features, y?: Target, { names }: TransformOptions = {}) {
        const frame = toFrame(X, names);
        return fitted(method, params, frame, method.learn(params, frame, y));
      },
    });
  return Object.assign((params: Partial<P> = {}) => make(checked(params, method.defaults)), {
    space: () => space?.() ?? {},
    load({ settings, arrays }: ModelContents) {
      const { params, inputs, state } = settings as unknown as { params: P; inputs: Inputs; state: S };
      return fitted(method, Object.freeze(params), inputs, { ...state, ...arrays });
    },
  });
}

function fitted<P extends object, S extends object, O extends Matrix | Table>(
  method: TransformMethod<P, S, O>,
  params: Readonly<P>,
  { names, named }: Inputs,
  state: S,
): FittedWith<P, S, O> {
  const { name, invert } = method;
  const learned = { ...state, params, inputs: names };
  const outputs = method.names?.(learned) ?? names;
  const face: FittedTransform<O> = {
    name,
    features: names.length,
    names: outputs,
    transform: (X: Features) => method.apply(learned, alignFrame(X, { names, named })),
    ...(invert && {
      inverseTransform: (Z: Features) => invert(learned, alignFrame(Z, { names: outputs, named: false })),
    }),
    save: () => save(name, params, { names, named }, state),
  };
  return Object.freeze({ ...learned, ...face }) as FittedWith<P, S, O>;
}

function save(name: string, params: object, inputs: Inputs, state: object): ArrayBuffer {
  const entries = Object.entries(state);
  const arrays = Object.fromEntries(entries.filter(([, value]) => ArrayBuffer.isView(value)));
  const plain = Object.fromEntries(entries.filter(([, value]) => !ArrayBuffer.isView(value)));
  const { names, named } = inputs;
  const settings = { params, inputs: { names, named }, state: plain } as unknown as ModelContents["settings"];
  return packModel({ name, settings, arrays });
}
