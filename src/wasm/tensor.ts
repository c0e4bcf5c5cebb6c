import type { TensorExports } from "#tensor-exports";
import { tensorText } from "#tensor-text";
import { fromText } from "./from-text.ts";

export type { TensorExports } from "#tensor-exports";

/** The tensor module's kernels on the memory of another module. */
export async function tensorKernels(memory: WebAssembly.Memory): Promise<TensorExports> {
  const { instance } = await WebAssembly.instantiate(fromText(tensorText), { env: { memory } });
  return instance.exports as unknown as TensorExports;
}
