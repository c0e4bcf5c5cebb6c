import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";
import { browserPath, openBrowser } from "../support/browsers.ts";
import { serveFiles } from "../support/file-server.ts";
import { needs } from "../support/needs.ts";
import { root } from "../support/program.ts";
import { deno, runIn } from "../support/runtimes.ts";

// A graphics card in software will do: for Deno a Vulkan driver such as Debian's mesa-vulkan-drivers, in Chromium its own.

// Where there is no such driver, Deno's emulation on OpenGL takes a second a read.
if (process.platform === "linux") process.env["DENO_WEBGPU_BACKEND"] ??= "vulkan";

const networks = ["mlp", "cnn", "rnn", "transformer"];

const farApart = (distances: Record<string, number | string>, most: number): Record<string, number | string> =>
  Object.fromEntries(Object.entries(distances).filter(([, distance]) => !(Number(distance) < most)));

async function inDeno(program: string): Promise<string> {
  const { code, stdout, stderr } = await runIn(deno, ["--allow-all", `test/programs/${program}`]);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

const hasAdapter = deno.command !== null && (await inDeno("gpu-adapter.mjs")) === "true\n";

needs(hasAdapter ? "an adapter" : null)("webgpu in Deno", () => {
  test("all networks train as on cpu", { timeout: 120_000 }, async () => {
    const distances = JSON.parse(await inDeno("neural-gpu.mjs"));
    expect(Object.keys(distances)).toEqual(networks);
    expect(farApart(distances, 1e-3)).toEqual({});
  });

  test("values and gradients are those on cpu, but for what TensorFlow.js refuses", { timeout: 120_000 }, async () => {
    const distances: Record<string, number | string> = JSON.parse(await inDeno("neural-gpu-gradients.mjs"));
    expect(Object.keys(distances).length).toBeGreaterThan(60);
    const refused = Object.values(farApart(distances, 1e-4));
    // Gradients through dilations, and a product whose tensors both have batches that the other has not.
    const refusal = /^Error: (Error in gradient of (conv2D|depthwiseConv2dNative): dilation rates|Size\(18\))/;
    expect(refused.filter((what) => !refusal.test(String(what)))).toEqual([]);
    expect(refused).toHaveLength(9);
  });

  test("a lost device and a lack of memory fail their trials, and a search goes on", { timeout: 120_000 }, async () => {
    const { memory, whole, refused, lost, gone } = JSON.parse(await inDeno("neural-gpu-loss.mjs"));
    expect(memory).toMatch(/^unsupported: "webgpu": .*smaller layers or batches need less.* 4294967296 /);
    const failed = (message: RegExp): object => ({ state: "fail", message: expect.stringMatching(message) });
    const isLost = failed(/^"webgpu": expected the device to stay, but it was lost \(/);
    expect(lost).toEqual([whole[0], isLost, whole[2]]);
    const isRefused = failed(/^"webgpu": .*smaller layers or batches need less/);
    expect(refused).toEqual([whole[0], isRefused, whole[2]]);
    expect(whole.map(({ state }: { state: string }) => state)).toEqual(["complete", "complete", "complete"]);
    expect(gone).toMatch(/^worker-failed: .* its tensors are gone/);
  });
});

/** Runs work in a tab of a Chromium with a graphics card in software. */
async function withGpuTab<T>(work: (tab: Page) => Promise<T>): Promise<T> {
  const page = `<!doctype html><script type="module" src="/build/neural-test/webgpu.js"></script>`;
  const server = await serveFiles({ pages: { "/": page } });
  const software = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];
  const { browser, close } = await openBrowser("chromium", software);
  try {
    const tab = await browser.newPage();
    await tab.goto(`${server.origin}/`);
    return await work(tab);
  } finally {
    await close();
    await server.close();
  }
}

needs(browserPath("chromium"))("webgpu in Chromium", () => {
  beforeAll(async () => {
    const contents = `
      import * as neural from "vernier/neural";
      import { distances } from "./test/programs/neural-gpu-training.mjs";
      window.hasAdapter = async () => ((await navigator.gpu?.requestAdapter()) ?? null) !== null;
      window.distances = () => distances(neural, 2);`;
    await build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      format: "esm",
      platform: "browser",
      logLevel: "error",
      outfile: join(root, "build/neural-test/webgpu.js"),
    });
  });

  test("all networks train as on cpu", { timeout: 180_000 }, async ({ skip }) => {
    const distances = await withGpuTab(async (tab) => {
      await tab.waitForFunction("window.distances !== undefined");
      if (!(await tab.evaluate("hasAdapter()"))) return null;
      return (await tab.evaluate("distances()")) as Record<string, number>;
    });
    skip(distances === null && process.env["CI"] !== "true", "no adapter");
    expect(Object.keys(distances ?? {})).toEqual(networks);
    expect(farApart(distances ?? {}, 1e-3)).toEqual({});
  });
});
