import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

// The arrows between the rooms of src/. A file may import from its own room and from those listed here;
// `type:` rooms lend their types only.
const arrows: Record<string, readonly string[]> = {
  core: [],
  wasm: ["core"],
  surrogate: ["core", "wasm"],
  samplers: ["core", "wasm", "surrogate"],
  pruners: ["core", "wasm"],
  stopping: ["core", "wasm", "surrogate"],
  models: ["core", "wasm"],
  preprocessing: ["core", "wasm", "models"],
  insight: ["core", "wasm"],
  storages: ["core"],
  metrics: ["core", "wasm"],
  report: ["core"],
  datasets: ["core"],
  csv: ["core"],
  study: ["core", "wasm", "type:samplers", "type:pruners", "type:stopping", "storages"],
  pool: ["core", "wasm", "study"],
  selection: [
    "core",
    "wasm",
    "models",
    "preprocessing",
    "metrics",
    "samplers",
    "type:pruners",
    "type:stopping",
    "study",
    "type:pool",
  ],
  // Composes studies of a request, as src/create-study.ts, from which it takes the rest, does of a program's options.
  service: ["core", "samplers", "pruners", "storages", "study", ""],
  platform: ["core", "wasm", "pool", "storages", "selection", "type:study", "neural", ""],
  cli: ["*"],
  neural: ["core", "wasm", "samplers", "models", "selection", "study"],
};
// Files directly in src/ compose the rooms and may import from any of them.
const compositionRoot = "";

const src = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
  .sort();

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function importsOf(text: string): Import[] {
  const found: Import[] = [];
  const statement = /^\s*(?:import|export)\s+(type\s+)?(?:([^"';]*?)\s+from\s+)?["']([^"']+)["']/gm;
  for (const match of text.matchAll(statement)) {
    const names = (match[2] ?? "").replace(/[{}\s]/g, " ").trim();
    const allTypes =
      names !== "" && names.split(",").every((name) => name.trim() === "" || name.trim().startsWith("type "));
    found.push({ specifier: match[3] as string, typeOnly: match[1] !== undefined || allTypes });
  }
  for (const match of text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g)) {
    found.push({ specifier: match[1] as string, typeOnly: false });
  }
  return found;
}

const roomOf = (file: string): string => (file.includes("/") ? (file.split("/")[0] as string) : compositionRoot);

describe("layers", () => {
  test("there are files to check, with imports in them", () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap((file) => importsOf(readFileSync(join(src, file), "utf8"))).length).toBeGreaterThan(20);
  });

  test("every room is known", () => {
    const rooms = new Set(files.map(roomOf).filter((room) => room !== compositionRoot));
    expect([...rooms].filter((room) => !(room in arrows))).toEqual([]);
  });

  test.each(files)("%s imports leftwards only", (file) => {
    const room = roomOf(file);
    const wrong: string[] = [];
    for (const { specifier, typeOnly } of importsOf(readFileSync(join(src, file), "utf8"))) {
      if (specifier.startsWith("node:") && room !== "platform" && room !== "cli") wrong.push(specifier);
      if (!specifier.startsWith(".") || room === compositionRoot) continue;
      const target = roomOf(relative(src, resolve(src, file, "..", specifier)));
      const allowed = arrows[room] ?? [];
      if (target === room || allowed.includes(target) || allowed.includes("*")) continue;
      if (typeOnly && allowed.includes(`type:${target}`)) continue;
      wrong.push(specifier);
    }
    expect(wrong).toEqual([]);
  });

  test.each(files.filter((file) => !/^(platform|cli)\//.test(file)))("%s names no runtime's globals", (file) => {
    const code = readFileSync(join(src, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(code.match(/\b(process|Deno|Bun|window|document|navigator|self)\.\w+/g) ?? []).toEqual([]);
  });

  test.each(files.filter((file) => !/^(platform|cli|report)\//.test(file)))(
    "%s uses nothing that differs between engines, machines or places",
    (file) => {
      const code = readFileSync(join(src, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      // Of Math only what the standard defines to the last bit.
      const banned =
        /\bMath\.(?!(abs|ceil|clz32|floor|fround|imul|max|min|round|sign|sqrt|trunc|PI|E|LN2|LOG2E|SQRT2)\b)\w+|\*\*|\bDate\.now|\bnew Date\(\)|\.toLocale\w*|\.localeCompare|\bIntl\b/g;
      expect(code.match(banned) ?? []).toEqual([]);
    },
  );

  test("the numeric core calls neither the host's Math nor relaxed SIMD", () => {
    const assembly = fileURLToPath(new URL("../assembly", import.meta.url));
    const sources = readdirSync(assembly, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    expect(sources.length).toBeGreaterThan(20);
    const banned = /\bJSMath\b|relaxed_|\bDate\b|\bMath\.random\b/;
    expect(sources.filter((file) => banned.test(readFileSync(join(assembly, file), "utf8")))).toEqual([]);
  });
});
