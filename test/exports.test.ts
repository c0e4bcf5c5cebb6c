import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "./support/program.ts";

type Target = string | { readonly [condition: string]: Target };
type Targets = Readonly<Record<string, Target>>;

interface Manifest {
  readonly exports: Targets;
  readonly imports: Targets;
}
const { exports, imports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

/** What a runtime or a bundler for it takes, beside "default". */
const runtimes: Readonly<Record<string, readonly string[]>> = {
  Node: ["node", "import"],
  Deno: ["deno", "node", "import"],
  Bun: ["bun", "node", "import"],
  browsers: ["browser", "module", "import"],
  workerd: ["workerd", "worker", "browser", "import"],
  "another runtime": ["import"],
};

let files: Set<string>;
beforeAll(() => {
  const listed = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json", "--silent"], {
    cwd: root,
    encoding: "utf8",
  });
  const [pack] = JSON.parse(listed) as [{ readonly files: readonly { readonly path: string }[] }];
  files = new Set(pack.files.map(({ path }) => `./${path}`));
});

/** The file that the first condition in the target's own order leads to; null where none does. */
function resolved(target: Target, conditions: readonly string[]): string | null {
  if (typeof target === "string") return target;
  for (const [condition, next] of Object.entries(target)) {
    if (condition !== "default" && !conditions.includes(condition)) continue;
    const found = resolved(next, conditions);
    if (found !== null) return found;
  }
  return null;
}

/** The files of the package that a target with a star stands for, or the one without. */
function matching(target: string | null): string[] {
  const [start = "", end] = (target ?? "").split("*");
  if (end === undefined) return [...files].filter((file) => file === start);
  return [...files].filter((file) => file.startsWith(start) && file.endsWith(end));
}

// Types alone, which vanish in what is built.
const isTyping = (target: Target): boolean => typeof target !== "string" && Object.keys(target).join() === "types";
const named = (targets: Targets, wanted: (target: Target) => boolean): string[] =>
  Object.keys(targets).filter((name) => wanted(targets[name] as Target));

describe("the export map", () => {
  test.each(Object.entries(runtimes))("every entry leads to a file of the package, for %s", (_, conditions) => {
    const isLost = (target: Target): boolean => matching(resolved(target, conditions)).length === 0;
    expect(named(exports, isLost)).toEqual([]);
    expect(named(imports, (target) => !isTyping(target) && isLost(target))).toEqual([]);
  });

  test("every entry with conditions has types, first, and a default, last", () => {
    const isUntyped = (target: Target): boolean => {
      if (typeof target === "string") return false;
      const types = matching(resolved(target, ["types"]));
      const conditions = Object.keys(target);
      const isComplete = conditions[0] === "types" && (isTyping(target) || conditions.at(-1) === "default");
      return !isComplete || types.length === 0 || !types.every((file) => file.endsWith(".d.ts"));
    };
    expect(named({ ...exports, ...imports }, isUntyped)).toEqual([]);
  });

  test("every bundle of an entry has types", () => {
    const scripts = matching("./build/bundle/*.js").filter((file) => /^\.\/build\/bundle\/[a-z]+\.js$/.test(file));
    expect(scripts.map((file) => file.replace(/^.*\//, ""))).toEqual(
      expect.arrayContaining([
        "vernier.js",
        "models.js",
        "preprocessing.js",
        "metrics.js",
        "selection.js",
        "datasets.js",
      ]),
    );
    expect(scripts.filter((file) => !files.has(file.replace(/js$/, "d.ts")))).toEqual([]);
  });
});
