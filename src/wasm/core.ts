import { instantiateSync } from "@assemblyscript/loader";
import type { CoreExports } from "#core-exports";
import { VernierError } from "../core/errors.ts";

export type { CoreExports };

/** Blocks taken from the core's memory during one `scope`; pointers are valid until the scope ends. */
export interface Arena {
  /** Copies the numbers in; returns their address. */
  f64(values: ArrayLike<number>): number;
  i32(values: ArrayLike<number>): number;
  bytes(values: Uint8Array): number;
  /** Room for `length` elements, not initialised. */
  f64Alloc(length: number): number;
  i32Alloc(length: number): number;
  /** Copies the numbers out. */
  readF64(pointer: number, length: number): Float64Array;
  readI32(pointer: number, length: number): Int32Array;
  readBytes(pointer: number, length: number): Uint8Array;
}

/** One instance of the numeric core. Not shared between threads; after a trap it must be discarded. */
export interface Core {
  readonly exports: CoreExports;
  /** The compiled module, to be posted to workers. */
  readonly module: WebAssembly.Module;
  /** Runs `body` with an arena and frees all it took, also when it throws. */
  scope<T>(body: (arena: Arena) => T): T;
}

/** Instantiates the core from its compiled module or its bytes. */
export function instantiateCore(source: WebAssembly.Module | Uint8Array<ArrayBuffer>): Core {
  let module: WebAssembly.Module;
  let exports: CoreExports;
  try {
    module = source instanceof Uint8Array ? new WebAssembly.Module(source) : source;
    const loaded: { exports: unknown } = instantiateSync(module as never, {});
    exports = loaded.exports as CoreExports;
  } catch (cause) {
    throw new VernierError("unsupported", `"wasm": expected Vernier's core module with SIMD support, got: ${cause}`, {
      cause,
    });
  }
  if (typeof exports.arenaMark !== "function") {
    throw new VernierError("unsupported", '"wasm": expected Vernier\'s core module, got a module without its exports');
  }
  const arena = createArena(exports);
  return {
    exports,
    module,
    scope(body) {
      const mark = exports.arenaMark();
      try {
        return body(arena);
      } finally {
        exports.arenaRelease(mark);
      }
    },
  };
}

// Views are made anew at every access: an allocation may grow the memory, which detaches them.
function createArena(exports: CoreExports): Arena {
  const memory = exports.memory;
  const f64At = (pointer: number, length: number): Float64Array =>
    new Float64Array(memory.buffer, pointer >>> 0, length);
  const i32At = (pointer: number, length: number): Int32Array => new Int32Array(memory.buffer, pointer >>> 0, length);
  const bytesAt = (pointer: number, length: number): Uint8Array => new Uint8Array(memory.buffer, pointer >>> 0, length);
  const f64Alloc = (length: number): number => exports.arenaAlloc(length * 8) >>> 0;
  const i32Alloc = (length: number): number => exports.arenaAlloc(length * 4) >>> 0;
  return {
    f64Alloc,
    i32Alloc,
    f64(values) {
      const pointer = f64Alloc(values.length);
      f64At(pointer, values.length).set(values);
      return pointer;
    },
    i32(values) {
      const pointer = i32Alloc(values.length);
      i32At(pointer, values.length).set(values);
      return pointer;
    },
    bytes(values) {
      const pointer = exports.arenaAlloc(values.length) >>> 0;
      bytesAt(pointer, values.length).set(values);
      return pointer;
    },
    readF64: (pointer, length) => f64At(pointer, length).slice(),
    readI32: (pointer, length) => i32At(pointer, length).slice(),
    readBytes: (pointer, length) => bytesAt(pointer, length).slice(),
  };
}
