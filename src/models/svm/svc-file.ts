import type { Label } from "../../core/labels.ts";
import type { SvmKernel, SvmMachine } from "../../wasm/svm.ts";
import { type ModelContents, packModel } from "../model-file.ts";
import type { SvcParams } from "./svc-params.ts";

/** What a trained support vector classifier consists of. */
export interface SvcState {
  readonly params: Readonly<SvcParams>;
  readonly classes: readonly Label[];
  readonly support: Int32Array;
  readonly machine: SvmMachine;
  readonly converged: boolean;
  readonly iterations: readonly number[];
  /** The pairs' sigmoids [pairs, 2], or null without probabilities. */
  readonly sigmoids: Float64Array | null;
}

/** A trained classifier as bytes. */
export function packSvc({ machine, support, sigmoids, ...rest }: SvcState): ArrayBuffer {
  const { kernel, vectors, starts, coef, intercepts } = machine;
  const settings = { ...rest, kernel: { ...kernel }, rows: vectors.rows, cols: vectors.cols };
  const arrays = {
    support,
    starts,
    vectors: vectors.data,
    coef,
    intercepts,
    ...(sigmoids === null ? {} : { sigmoids }),
  };
  return packModel({ name: "svc", settings, arrays });
}

/** Reads what `packSvc` wrote. */
export function unpackSvc({ settings, arrays }: ModelContents): SvcState {
  const { kernel, rows, cols, ...rest } = settings as unknown as Omit<SvcState, "machine" | "support" | "sigmoids"> & {
    readonly kernel: SvmKernel;
    readonly rows: number;
    readonly cols: number;
  };
  const numbers = arrays as Readonly<Record<string, Float64Array | undefined>>;
  return {
    ...rest,
    support: arrays["support"] as Int32Array,
    sigmoids: numbers["sigmoids"] ?? null,
    machine: {
      kernel,
      vectors: { data: numbers["vectors"] as Float64Array, rows, cols },
      starts: arrays["starts"] as Int32Array,
      coef: numbers["coef"] as Float64Array,
      intercepts: numbers["intercepts"] as Float64Array,
    },
  };
}
