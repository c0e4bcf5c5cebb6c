import { mathModule } from "#math-module";
import { type CoreSource, instantiateMath, type MathCore, type MathExports } from "./core.ts";
import { type DefaultInstance, defaultInstance } from "./default-instance.ts";

const instance: DefaultInstance<MathExports> = defaultInstance(instantiateMath, mathModule);

/** This thread's instance of the math module, made at the first call from the one that ships with the package. */
export function defaultMath(): MathCore {
  return instance.get();
}

/**
 * Takes another copy of the math module (for pages that serve `math.wasm` themselves) as this thread's default,
 * or with null drops the instance, so that the next call makes a fresh one of the module that ships with the package.
 */
export function setDefaultMath(source: CoreSource | null): void {
  instance.set(source);
}
