import { readFileSync } from "node:fs";
import { type Core, instantiateCore } from "../../src/wasm/core.ts";

function load(file: string): Core {
  return instantiateCore(readFileSync(new URL(`../../build/${file}`, import.meta.url)));
}

/** The release build of the core, and the checked one: asserts on, fresh memory poisoned with NaN. */
export const cores: readonly { readonly build: string; readonly core: Core }[] = [
  { build: "release", core: load("core.wasm") },
  { build: "checked", core: load("core.debug.wasm") },
];

export const core: Core = (cores[0] as { core: Core }).core;
