import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { browserPath, openBrowser } from "../support/browsers.ts";
import { serveFiles } from "../support/file-server.ts";
import { root } from "../support/program.ts";
import { deno, runIn } from "../support/runtimes.ts";

// Training on WebGPU ends where it ends on the cpu backend, up to rounding. A graphics card in software is slow and not
// everywhere, so these run where VERNIER_WEBGPU is set (Deno needs a Vulkan driver, such as Debian's mesa-vulkan-drivers).
const isWanted = Boolean(process.env["VERNIER_WEBGPU"]);

const program = ["--allow-all", "test/programs/neural-gpu.mjs"];

const farApart = (distances: Record<string, number>): string[] =>
  Object.keys(distances).filter((name) => !((distances[name] as number) < 1e-3));

describe.skipIf(!isWanted || deno.command === null)("webgpu in Deno", () => {
  test("all networks train as on cpu", { timeout: 120_000 }, async () => {
    const { code, stdout, stderr } = await runIn(deno, program);
    if (code !== 0) throw new Error(stderr);
    const distances = JSON.parse(stdout);
    expect(Object.keys(distances)).toEqual(["mlp", "cnn", "rnn", "transformer"]);
    expect(farApart(distances)).toEqual([]);
  });
});

describe.skipIf(!isWanted || browserPath("chromium") === null)("webgpu in Chromium", () => {
  // A step of the others takes seconds on a graphics card in software.
  const names = ["mlp", "rnn"];

  test("networks train as on cpu", { timeout: 180_000 }, async () => {
    const contents = `
      import * as neural from "vernier/neural";
      import { distances } from "./test/programs/neural-gpu-training.mjs";
      window.found = distances(neural, ${JSON.stringify(names)});`;
    await build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      format: "esm",
      platform: "browser",
      logLevel: "error",
      outfile: join(root, "build/neural-test/webgpu.js"),
    });
    const page = `<!doctype html><script type="module" src="/build/neural-test/webgpu.js"></script>`;
    const server = await serveFiles({ pages: { "/": page } });
    const { browser, close } = await openBrowser("chromium", [
      "--enable-unsafe-webgpu",
      "--use-webgpu-adapter=swiftshader",
    ]);
    try {
      const tab = await browser.newPage();
      await tab.goto(`${server.origin}/`);
      await tab.waitForFunction("window.found !== undefined");
      const distances = (await tab.evaluate("window.found")) as Record<string, number>;
      expect(Object.keys(distances)).toEqual(names);
      expect(farApart(distances)).toEqual([]);
    } finally {
      await close();
      await server.close();
    }
  });
});
