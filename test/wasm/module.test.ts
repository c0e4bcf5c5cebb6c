import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fromText } from "../../src/wasm/from-text.ts";
import { mathModule } from "../../src/wasm/math-module.ts";
import { modelsModule } from "../../src/wasm/models-module.ts";
import { coreModule } from "../../src/wasm/module.ts";
import { surrogateModule } from "../../src/wasm/surrogate-module.ts";
import { treesModule } from "../../src/wasm/trees-module.ts";

const built = (file: string): URL => new URL(`../../build/${file}`, import.meta.url);

describe.each([
  { name: "core", read: coreModule },
  { name: "surrogate", read: surrogateModule },
  { name: "models", read: modelsModule },
  { name: "trees", read: treesModule },
  { name: "math", read: mathModule },
])("the inlined $name module", ({ name, read }) => {
  test("is the module's file, byte for byte", () => {
    const bytes = read();
    expect(bytes.length).toBeGreaterThan(4000);
    expect(Buffer.compare(bytes, readFileSync(built(`${name}.wasm`)))).toBe(0);
  });

  test("is a string of characters that no quotes, template or page gives another meaning", () => {
    const [, text] = /^export const \w+ =\n {2}"(.*)";\n$/.exec(readFileSync(built(`${name}.text.js`), "utf8")) ?? [];
    expect(text).toMatch(/^[ -~]+$/);
    expect(text).not.toMatch(/["'`\\$<]/);
  });
});

test("every byte can be written", () => {
  // 0, 86, 87, 173, 174, 255.
  expect([...fromText(" |} }|~ ~w")]).toEqual([0, 86, 87, 173, 174, 255]);
  expect(fromText("")).toHaveLength(0);
});
