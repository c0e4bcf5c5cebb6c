import type { DataId, DataType, KernelBackend, TensorInfo } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import { type TensorExports, tensorKernels } from "../../wasm/tensor.ts";
import { guardAllocation, outOfMemory } from "./tensor-allocation.ts";

/** The parts of TensorFlow.js's WebAssembly backend that kernels work with. */
export interface WasmBackend extends KernelBackend {
  readonly wasm: {
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    readonly wasmMemory?: WebAssembly.Memory;
    readonly asm: Record<string, unknown>;
  };
  readonly dataIdMap: { get(dataId: DataId): { readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo;
}

/** Vernier's kernels and the memory that they share with TensorFlow.js. */
export interface TensorMemory {
  readonly kernels: TensorExports;
  readonly backend: WasmBackend;
  /** Where a tensor's numbers are; valid until it is disposed of. */
  pointer(tensor: TensorInfo): number;
  /** A new tensor whose numbers are not set yet. */
  output(shape: readonly number[], dtype: DataType): TensorInfo;
  /** Lends `bytes` bytes while the work runs. */
  scratch(bytes: number, work: (pointer: number) => void): void;
}

const memories = new WeakMap<WasmBackend, TensorMemory>();

/** The memory of a backend that `openTensorMemory` was called for. */
export function memoryOf(backend: WasmBackend): TensorMemory {
  return memories.get(backend) as TensorMemory;
}

/** Instantiates the tensor module in the memory of TensorFlow.js's WebAssembly backend, and guards that. */
export async function openTensorMemory(backend: WasmBackend): Promise<void> {
  const { wasm } = backend;
  const memory =
    wasm.wasmMemory ??
    Object.values(wasm.asm).find((member) => Object.prototype.toString.call(member) === "[object WebAssembly.Memory]");
  if (memory === undefined) {
    throw new VernierError(
      "unsupported",
      '"@tensorflow/tfjs-backend-wasm": expected version 4.22, got one whose memory is hidden',
    );
  }
  const kernels = await tensorKernels(memory as WebAssembly.Memory).catch((cause: unknown) => {
    throw new VernierError(
      "unsupported",
      `"wasm": expected a backend with one thread, got one that was set up before loadBackend and shares its memory`,
      { cause },
    );
  });
  const { malloc, free } = guardAllocation(backend);
  memories.set(backend, {
    kernels,
    backend,
    pointer: ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset,
    output: (shape, dtype) => backend.makeOutput(shape, dtype),
    scratch(bytes, work) {
      const pointer = malloc(bytes) >>> 0;
      if (pointer === 0) throw outOfMemory(bytes);
      try {
        work(pointer);
      } finally {
        free(pointer);
      }
    },
  });
}
