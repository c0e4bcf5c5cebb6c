import type { DataId, KernelFunc } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import type { WasmBackend } from "./tensor-memory.ts";
import type { TensorFlow } from "./tensorflow.ts";

// WebAssembly's 4 GiB but for 256 MiB, which stay for what TensorFlow.js's code takes inside a kernel: where it gets
// nothing, it ends the whole instance.
const MIB = 1_048_576;
const LIMIT = (4096 - 256) * MIB;

interface Allocation {
  /** What the running kernels made so far. */
  readonly made: DataId[];
  running: number;
  isSpoiled: boolean;
}

/** What the backend's code takes memory with; `malloc` answers 0 where there is none. */
interface Heap {
  malloc(bytes: number): number;
  free(pointer: number): void;
}

const allocations = new WeakMap<object, Allocation>();

/**
 * A tensor for which there is no memory is an error: by itself TensorFlow.js places it at address 0, over its own data, or,
 * from 4 GiB on, in as many bytes as are left when 2^32 is subtracted. Answers the functions that it guards.
 */
export function guardAllocation(backend: WasmBackend): Heap {
  const { wasm } = backend;
  const before = { malloc: wasm["_malloc"], free: wasm["_free"] };
  // The first call of each puts another function in its place.
  before.free(before.malloc(1));
  const { _malloc: malloc, _free: free } = wasm;
  const sizes = new Map<number, number>();
  let used = 0;
  const allocate = (bytes: number): number => {
    const pointer = used + bytes <= LIMIT ? malloc(bytes) >>> 0 : 0;
    if (pointer === 0) throw outOfMemory(bytes);
    sizes.set(pointer, bytes);
    used += bytes;
    return pointer;
  };
  const release = (pointer: number): void => {
    used -= sizes.get(pointer) ?? 0;
    sizes.delete(pointer);
    free(pointer);
  };
  Object.assign(wasm, { _malloc: allocate, _free: release });
  const allocation: Allocation = { made: [], running: 0, isSpoiled: false };
  const write = backend.write.bind(backend);
  backend.write = (values, shape, dtype) => {
    const id = write(values, shape, dtype);
    if (allocation.running > 0) allocation.made.push(id);
    return id;
  };
  allocations.set(backend, allocation);
  return { malloc, free };
}

/** Gives back what a kernel made when it fails, and notes when WebAssembly stopped in its midst. */
export function guardKernels(tf: TensorFlow): void {
  for (const kernel of tf.getKernelsForBackend("wasm")) {
    tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel({ ...kernel, kernelFunc: guarded(kernel.kernelName, kernel.kernelFunc) });
  }
}

/** Whether a kernel stopped in its midst, so that the backend's memory is in no known state. */
export function isSpoiled(backend: object): boolean {
  return allocations.get(backend)?.isSpoiled === true;
}

function guarded(name: string, run: KernelFunc): KernelFunc {
  return (call) => {
    const backend = call.backend as WasmBackend;
    const allocation = allocations.get(backend);
    if (allocation === undefined) return run(call);
    if (allocation.isSpoiled) throw spoiled(name);
    const { made } = allocation;
    const before = made.length;
    allocation.running++;
    try {
      return run(call);
    } catch (error) {
      for (const id of made.splice(before)) backend.disposeData(id, true);
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      allocation.isSpoiled = true;
      throw spoiled(name, error);
    } finally {
      if (--allocation.running === 0) made.length = 0;
    }
  };
}

function spoiled(name: string, cause?: unknown): VernierError {
  const expected = "WebAssembly to go on, but it stopped, most likely out of memory";
  return new VernierError("unsupported", `"${name}": expected ${expected}; loadBackend makes it anew`, { cause });
}

/** The refusal of so many bytes. */
export function outOfMemory(bytes: number): VernierError {
  const size = `${Math.ceil(bytes / MIB)} MiB`;
  return new VernierError(
    "unsupported",
    `out of memory: expected ${size} for a tensor, got none of WebAssembly's 4 GiB; ` +
      "smaller layers or batches need less",
  );
}
