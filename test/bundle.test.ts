import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Metafile } from "esbuild";
import { afterAll, describe, expect, test } from "vitest";
import { runProgram } from "./support/program.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "vernier-bundle-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Bundle {
  /** Modules with code in what is loaded first: the entry and the chunks that it imports statically. */
  readonly first: readonly string[];
  /** Modules with code in any chunk. */
  readonly all: readonly string[];
  readonly text: string;
}

/** What a page's bundler makes of this code. */
async function bundle(contents: string, splitting = true): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: root, sourcefile: "entry.js" },
    bundle: true,
    splitting,
    format: "esm",
    minify: true,
    platform: "browser",
    write: false,
    metafile: true,
    logLevel: "silent",
    outdir: folder,
    absWorkingDir: root,
  });
  return {
    first: modulesOf(metafile, true),
    all: modulesOf(metafile, false),
    text: outputFiles.map(({ text }) => text).join("\n"),
  };
}

function modulesOf({ outputs }: Metafile, firstOnly: boolean): string[] {
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === "entry.js") as string;
  const reached = new Set<string>();
  const visit = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === "import-statement" || !firstOnly) visit(next);
    }
  };
  visit(entry);
  return [...reached].flatMap((path) =>
    Object.entries(outputs[path]?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([module]) => module.replace(/^build\//, "")),
  );
}

const wasmIn = (modules: readonly string[]): string[] =>
  modules.filter((module) => module.endsWith(".text.js")).map((module) => module.replace(".text.js", ""));

// Some hundred bytes: esbuild keeps in the entry what the root exports and a chunk loaded on need uses as well.
const shared = new Set(["js/study/in-workers.js", "js/study/objective.js"]);

describe("of what a page does not use its bundle has nothing", () => {
  test.each([
    ['import { float } from "vernier"; console.log(float)', []],
    ['import { accuracy } from "vernier/metrics"; console.log(accuracy)', []],
    ['import { logLoss } from "vernier/metrics"; console.log(logLoss)', ["math"]],
    ['import { svc } from "vernier/models"; console.log(svc)', ["models"]],
    ['import { randomForestClassifier } from "vernier/models"; console.log(randomForestClassifier)', ["trees"]],
    ['import { standardScaler } from "vernier/preprocessing"; console.log(standardScaler)', []],
  ])("%s", async (code, wasm) => {
    const { first } = await bundle(code);
    expect(first.length).toBeGreaterThan(1);
    expect(wasmIn(first)).toEqual(wasm);
    const unused = first.filter((module) => /\/(samplers|study|pool)\//.test(module));
    expect(unused.filter((module) => !shared.has(module))).toEqual([]);
  });

  test("a maker of models is there without the others", async () => {
    const { all } = await bundle('import { svc } from "vernier/models"; console.log(svc)');
    expect(all.filter((module) => /models\/(trees|boosting|gp|linear|neighbors)\//.test(module))).toEqual([]);
    expect(all.some((module) => module.includes("models/svm/"))).toBe(true);
  });

  test("an import for its effects alone is nothing", async () => {
    const { text } = await bundle('import "vernier"; import "vernier/models"; import "vernier/surrogate";', false);
    expect(text).toBe("");
  });
});

describe("what a study may never need is loaded when it does", () => {
  const lazy = /^js\/(surrogate|pool\/worker-pool|samplers\/gp-suggest|stopping\/regret-rule)|comlink|surrogate\.text/;

  test.each(["random", "auto", "gp", "regretBound"])("with %s", async (name) => {
    const { first, all } = await bundle(
      `import { createStudy, ${name} } from "vernier"; console.log(createStudy, ${name})`,
    );
    expect(wasmIn(first)).toEqual(["core"]);
    expect(first.filter((module) => lazy.test(module))).toEqual([]);
    expect(all.filter((module) => lazy.test(module)).length).toBeGreaterThan(10);
  });

  test("unless it is asked for", async () => {
    const code = 'import { provideSurrogate } from "vernier/surrogate"; provideSurrogate();';
    expect(wasmIn((await bundle(code)).first)).toEqual(["surrogate"]);
  });
});

describe("the same study comes of", () => {
  const study = `
    import { createStudy, float, int } from "vernier";
    const study = await createStudy({ space: { x: float(-5, 5), n: int(1, 9) }, seed: 7 });
    await study.optimize(({ x, n }) => x * x + n, { trials: 14 });
    console.log(study.digest());`;
  const provided = `import { provideSurrogate } from "vernier/surrogate"; provideSurrogate(); ${study}`;
  const digest = "cd6cea02c66181508c739710986f28682e8ac244b7e40648c9c13207e186d8ed";

  test.each([
    ["one file", study, false],
    ["chunks", study, true],
    ["chunks with the surrogate in the first", provided, true],
  ])("%s", async (name, contents, splitting) => {
    const outdir = join(folder, name.replaceAll(" ", "-"));
    await build({
      stdin: { contents, resolveDir: root, sourcefile: "entry.js" },
      bundle: true,
      splitting,
      format: "esm",
      minify: true,
      platform: "browser",
      outdir,
      outExtension: { ".js": ".mjs" },
      absWorkingDir: root,
    });
    expect((await runProgram(join(outdir, "stdin.mjs"))).stdout.trim()).toBe(digest);
  });

  test.each(["default", "node"])("the package's files for the condition %s", async (condition) => {
    const from = condition === "node" ? "node/index.js" : "js/index.js";
    const program = join(folder, `${condition}.mjs`);
    writeFileSync(program, study.replace('"vernier"', JSON.stringify(pathToFileURL(join(root, "build", from)).href)));
    expect((await runProgram(program)).stdout.trim()).toBe(digest);
  });
});

test("no code is made of text", async () => {
  const everything = ["", "/surrogate", "/models", "/preprocessing", "/metrics", "/selection", "/datasets"];
  const code = everything.map((path, i) => `export * as e${i} from "vernier${path}";`).join("\n");
  const { text } = await bundle(code);
  expect(text.length).toBeGreaterThan(400_000);
  expect(text.match(/\beval\(|new Function\b|\bFunction\(/g)).toBeNull();
});
