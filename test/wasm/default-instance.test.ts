import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { defaultCore, setDefaultCore } from "../../src/wasm/default-core.ts";
import { defaultMath, setDefaultMath } from "../../src/wasm/default-math.ts";
import { defaultModels, setDefaultModels } from "../../src/wasm/default-models.ts";
import { defaultSurrogate, setDefaultSurrogate } from "../../src/wasm/default-surrogate.ts";
import { defaultTrees, setDefaultTrees } from "../../src/wasm/default-trees.ts";

const bytes = (file: string): Uint8Array<ArrayBuffer> => readFileSync(new URL(`../../build/${file}`, import.meta.url));

afterEach(() => {
  setDefaultCore(null);
  setDefaultSurrogate(null);
  setDefaultTrees(null);
  setDefaultModels(null);
  setDefaultMath(null);
});

// The module of all kernels has what the search and the surrogate module have, and may stand for them.
const nothing = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const instances = [
  { name: "core", checked: "kernels", get: defaultCore, set: setDefaultCore, other: bytes("models.wasm") },
  {
    name: "surrogate",
    checked: "kernels",
    get: defaultSurrogate,
    set: setDefaultSurrogate,
    other: bytes("core.wasm"),
  },
  { name: "models", checked: "models", get: defaultModels, set: setDefaultModels, other: bytes("core.wasm") },
  { name: "trees", checked: "trees", get: defaultTrees, set: setDefaultTrees, other: bytes("models.wasm") },
  { name: "math", checked: "math", get: defaultMath, set: setDefaultMath, other: nothing },
] as const;

describe.each(instances)("the default instance of the $name module", ({ name, checked, get, set, other }) => {
  test("is made once", () => {
    expect(get()).toBe(get());
    expect(WebAssembly.Module.imports(get().module)).toEqual([]);
  });

  test("is made anew after a trap, from the same module", () => {
    // The checked build imports `abort`, the one that ships imports nothing.
    set(bytes(`${checked}.debug.wasm`));
    const before = get();
    expect(() => before.scope((arena) => arena.f64Alloc(-4))).toThrow(WebAssembly.RuntimeError);
    expect(before.trapped).toBe(true);
    expect(get()).not.toBe(before);
    expect(get().trapped).toBe(false);
    expect(get().module).toBe(before.module);
    expect(WebAssembly.Module.imports(get().module)).toHaveLength(1);
  });

  test("stays after an error that is no trap", () => {
    const before = get();
    expect(() =>
      before.scope(() => {
        throw new RangeError("other");
      }),
    ).toThrow("other");
    expect(get()).toBe(before);
  });

  test("is another module's neither by bytes nor compiled", () => {
    const message = `"wasm": expected Vernier's ${name} module, got a module without its exports`;
    expect(() => set(other)).toThrow(message);
    expect(() => set(new WebAssembly.Module(other))).toThrow(message);
    expect(() => set(new Uint8Array([1, 2, 3]))).toThrow(`"wasm": expected Vernier's ${name} module with SIMD support`);
  });
});

// What browsers say where a policy forbids it.
test.each([
  "WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because neither 'wasm-eval' nor 'unsafe-eval' is an allowed source of script",
  "call to WebAssembly.Module() blocked by CSP",
  "Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script",
  "WebAssembly.Module(): Wasm code generation disallowed by embedder",
])("a policy in the way is named: %s", (said) => {
  const compile = vi.spyOn(WebAssembly, "Module").mockImplementation(function refused() {
    throw new WebAssembly.CompileError(said);
  });
  try {
    expect(() => defaultMath()).toThrow(
      expect.objectContaining({ code: "unsupported", message: expect.stringContaining("'wasm-unsafe-eval'") }),
    );
  } finally {
    compile.mockRestore();
  }
});
