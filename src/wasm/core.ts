import { instantiateSync } from "@assemblyscript/loader";
import type { CoreExports } from "#core-exports";
import type { KernelsExports } from "#kernels-exports";
import type { MathExports } from "#math-exports";
import type { ModelsExports } from "#models-exports";
import type { SurrogateExports } from "#surrogate-exports";
import type { TreesExports } from "#trees-exports";
import { VernierError } from "../core/errors.ts";

export type { CoreExports, KernelsExports, MathExports, ModelsExports, SurrogateExports, TreesExports };

/** Blocks taken from the core's memory during one `scope`; pointers are valid until the scope ends. */
export interface Arena {
  /** Copies the numbers in; returns their address. */
  f64(values: ArrayLike<number>): number;
  i32(values: ArrayLike<number>): number;
  bytes(values: Uint8Array): number;
  /** Room for `length` elements, not initialised. */
  f64Alloc(length: number): number;
  i32Alloc(length: number): number;
  bytesAlloc(length: number): number;
  /** Copies the numbers to an address with room for them. */
  writeF64(pointer: number, values: Float64Array): void;
  /** Copies the numbers out. */
  readF64(pointer: number, length: number): Float64Array;
  readI32(pointer: number, length: number): Int32Array;
  readBytes(pointer: number, length: number): Uint8Array;
}

/** What every module exports. */
type ArenaExports = Pick<CoreExports, "memory" | "arenaAlloc" | "arenaMark" | "arenaRelease">;

/**
 * One instance of a numeric module: of the search module, unless `E` names other exports. Not shared between threads.
 * A trap in a `scope` marks it; its memory cannot be trusted then.
 */
export interface Core<E = CoreExports> {
  readonly exports: ArenaExports & E;
  /** The compiled module, to be posted to workers. */
  readonly module: WebAssembly.Module;
  readonly trapped: boolean;
  /** Runs `body` with an arena and frees all it took, also when it throws. */
  scope<T>(body: (arena: Arena) => T): T;
}

/** An instance of the module of Gaussian processes that searches fit to their trials. */
export type SurrogateCore = Core<SurrogateExports>;

/** An instance of the module that trains models other than trees. */
export type ModelsCore = Core<ModelsExports>;

/** An instance of the module that grows trees. */
export type TreesCore = Core<TreesExports>;

/** An instance of the module of elementary functions, which scores use. */
export type MathCore = Core<MathExports>;

type AnyExports = KernelsExports & ModelsExports & TreesExports;

/** An instance of any module that has these exports; more than one has those of several families. */
export type CoreWith<Name extends keyof AnyExports> = Core<Pick<AnyExports, Name>>;

/** A module's compiled form or its bytes. */
export type CoreSource = WebAssembly.Module | Uint8Array<ArrayBuffer>;

/** Instantiates the search module. */
export function instantiateCore(source: CoreSource): Core {
  return instantiate<CoreExports>(source, "core", "tpeSuggest");
}

/** Instantiates the surrogate module. */
export function instantiateSurrogate(source: CoreSource): SurrogateCore {
  return instantiate<SurrogateExports>(source, "surrogate", "gpFit");
}

/** Instantiates the trees module. */
export function instantiateTrees(source: CoreSource): TreesCore {
  return instantiate<TreesExports>(source, "trees", "treeGrow");
}

/** Instantiates the models module. */
export function instantiateModels(source: CoreSource): ModelsCore {
  return instantiate<ModelsExports>(source, "models", "svmFit");
}

/** Instantiates the math module. Another module that has its exports will do: the same functions, the same bits. */
export function instantiateMath(source: CoreSource): MathCore {
  return instantiate<MathExports>(source, "math", "mathLog1p");
}

/** Instantiates the module of that name, which exports `characteristic`. */
export function instantiate<E>(source: CoreSource, name: string, characteristic: keyof E & string): Core<E> {
  let module: WebAssembly.Module;
  let exports: ArenaExports & E;
  try {
    module = source instanceof Uint8Array ? new WebAssembly.Module(source) : source;
    const loaded: { exports: unknown } = instantiateSync(module as never, {});
    exports = loaded.exports as ArenaExports & E;
  } catch (cause) {
    if (/unsafe-eval|Content Security Policy|\bCSP\b|code generation disallowed/i.test(String(cause))) {
      const expected =
        "a page whose Content-Security-Policy lets it compile WebAssembly (script-src 'wasm-unsafe-eval')";
      throw new VernierError("unsupported", `"wasm": expected ${expected}, got: ${cause}`, { cause });
    }
    throw new VernierError(
      "unsupported",
      `"wasm": expected Vernier's ${name} module with SIMD support, got: ${cause}`,
      {
        cause,
      },
    );
  }
  if (typeof exports[characteristic] !== "function") {
    const message = `"wasm": expected Vernier's ${name} module, got a module without its exports`;
    throw new VernierError("unsupported", message);
  }
  const arena = createArena(exports);
  let trapped = false;
  return {
    exports,
    module,
    get trapped() {
      return trapped;
    },
    scope(body) {
      const mark = exports.arenaMark();
      try {
        return body(arena);
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError) trapped = true;
        throw error;
      } finally {
        exports.arenaRelease(mark);
      }
    },
  };
}

// Views are made anew at every access: an allocation may grow the memory, which detaches them.
function createArena(exports: ArenaExports): Arena {
  const memory = exports.memory;
  const f64At = (pointer: number, length: number): Float64Array =>
    new Float64Array(memory.buffer, pointer >>> 0, length);
  const i32At = (pointer: number, length: number): Int32Array => new Int32Array(memory.buffer, pointer >>> 0, length);
  const bytesAt = (pointer: number, length: number): Uint8Array => new Uint8Array(memory.buffer, pointer >>> 0, length);
  const f64Alloc = (length: number): number => exports.arenaAlloc(length * 8) >>> 0;
  const i32Alloc = (length: number): number => exports.arenaAlloc(length * 4) >>> 0;
  const bytesAlloc = (length: number): number => exports.arenaAlloc(length) >>> 0;
  return {
    f64Alloc,
    i32Alloc,
    bytesAlloc,
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
      const pointer = bytesAlloc(values.length);
      bytesAt(pointer, values.length).set(values);
      return pointer;
    },
    writeF64: (pointer, values) => f64At(pointer, values.length).set(values),
    readF64: (pointer, length) => f64At(pointer, length).slice(),
    readI32: (pointer, length) => i32At(pointer, length).slice(),
    readBytes: (pointer, length) => bytesAt(pointer, length).slice(),
  };
}
