import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserNames, browserPath, openBrowser } from "../support/browsers.ts";
import { type FileServer, serveFiles } from "../support/file-server.ts";
import { needs } from "../support/needs.ts";
import { root } from "../support/program.ts";
import { deno, runIn, runtimes } from "../support/runtimes.ts";

// The bits that training ends with, in every runtime: a change of a kernel's summation order changes them.
const pinned = {
  mlp: { digest: "5125f716", fell: true, grown: 0 },
  cnn: { digest: "cb30b312", fell: true, grown: 0 },
  lstm: { digest: "84632bda", fell: true, grown: 0 },
  gru: { digest: "8109afc2", fell: true, grown: 0 },
  transformer: { digest: "578d1dd2", fell: true, grown: 0 },
};

const wasmFolder = "node_modules/@tensorflow/tfjs-backend-wasm/dist/";

for (const runtime of runtimes) {
  needs(runtime.command)(`neural in ${runtime.name}`, () => {
    test("training ends with the pinned bits, tensors do not pile up, handlers are left alone", async () => {
      const permissions = runtime === deno ? ["--allow-all"] : [];
      const { code, stdout, stderr } = await runIn(runtime, [...permissions, "test/programs/neural.mjs"]);
      if (code !== 0) throw new Error(stderr);
      const { trained, handlers, codes, auto } = JSON.parse(stdout);
      expect(trained).toEqual(pinned);
      expect(handlers[1]).toEqual(handlers[0]);
      expect(codes[0]).toBe("unsupported");
      expect(codes[1]).toMatch(
        /^invalid-argument: "backend": expected one of "auto", "wasm", "webgpu", "cpu", got "tpu"/,
      );
      // Deno has WebGPU, and an adapter where the machine has a driver.
      expect(codes[2]).toMatch(runtime === deno ? /WebGPU|object/ : /^unsupported: .*WebGPU with an adapter/);
      expect(codes[3]).toMatch(/^invalid-argument: "wasmPath"/);
      expect(auto).toBe("wasm");
    });
  });
}

const page = `<!doctype html><script type="module">
  import { trained } from "/build/neural-test/page.js";
  window.mainThread = trained("/${wasmFolder}");
  const worker = new Worker("/build/neural-test/worker.js", { type: "module" });
  window.inWorker = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
</script>`;

const shared = `
  import * as neural from "vernier/neural";
  import { trainAll } from "./test/programs/neural-training.mjs";
`;

async function bundle(contents: string, outfile: string): Promise<void> {
  await build({
    stdin: { contents: shared + contents, resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "browser",
    logLevel: "error",
    outfile: join(root, "build/neural-test", outfile),
  });
}

describe("neural in browsers", () => {
  let server: FileServer;
  beforeAll(async () => {
    await bundle("export const trained = (wasmPath) => trainAll(neural, { wasmPath });", "page.js");
    // By bytes, as a page may have them: no file of TensorFlow.js is fetched by its glue.
    await bundle(
      `const bytes = new Uint8Array(await (await fetch("/${wasmFolder}tfjs-backend-wasm-simd.wasm")).arrayBuffer());
       postMessage(await trainAll(neural, { wasm: bytes }));`,
      "worker.js",
    );
    server = await serveFiles({ pages: { "/": page } });
  });
  afterAll(() => server?.close());

  for (const name of browserNames) {
    needs(browserPath(name))(`in ${name}`, () => {
      test("training on the page and in a worker ends with the pinned bits", async () => {
        const { browser, close } = await openBrowser(name);
        try {
          const tab = await browser.newPage();
          await tab.goto(`${server.origin}/`);
          await tab.waitForFunction("window.mainThread !== undefined");
          expect(await tab.evaluate("window.mainThread")).toEqual(pinned);
          expect(await tab.evaluate("window.inWorker")).toEqual(pinned);
        } finally {
          await close();
        }
      });
    });
  }
});
