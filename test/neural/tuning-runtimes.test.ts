import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserNames, browserPath, openBrowser } from "../support/browsers.ts";
import { type FileServer, serveFiles } from "../support/file-server.ts";
import { needs } from "../support/needs.ts";
import { installPacked, type Packed } from "../support/packed.ts";
import { root } from "../support/program.ts";
import { deno, runIn, runtimes } from "../support/runtimes.ts";

// Searches of networks come to the same with one worker and with two, in every runtime.
const same = (found: object): object[] => [found, found];
const pinned = {
  pruned: same({ digest: "b937308f39029a73", best: 4, epochs: 4, pruned: 2 }),
  promoted: same({ digest: "0c290eb7ef09572a", best: 21, epochs: 9, pruned: 0 }),
  folded: same({ digest: "56cbd0657291016f", best: 1, epochs: 2, pruned: 0 }),
};

for (const runtime of runtimes) {
  needs(runtime.command)(`tuneNetwork in ${runtime.name}`, () => {
    test("comes to the same with one worker and with two", async () => {
      const permissions = runtime === deno ? ["--allow-all"] : [];
      const { code, stdout, stderr } = await runIn(runtime, [...permissions, "test/programs/neural-tuning.mjs"]);
      if (code !== 0) throw new Error(stderr);
      expect(JSON.parse(stdout)).toEqual(pinned);
    });
  });
}

describe("tuneNetwork on a page that Vite builds", () => {
  let packed: Packed;
  let server: FileServer;
  beforeAll(async () => {
    packed = await installPacked();
    const { folder } = packed;
    await packed.add("tuned.mjs", "test/programs/neural-tuned.mjs");
    await symlink(join(root, "node_modules/@tensorflow"), join(folder, "node_modules/@tensorflow"));
    const program = `import * as neural from "vernier/neural";
      import { tuned } from "./tuned.mjs";
      // Relative to the page, as pages have it; in a worker it means the same folder.
      globalThis.found = tuned(neural, { wasmPath: "../node_modules/@tensorflow/tfjs-backend-wasm/dist" });`;
    await writeFile(join(folder, "page.mjs"), program);
    await writeFile(join(folder, "page.html"), '<!doctype html><script type="module" src="./page.mjs"></script>');
    await build({
      root: folder,
      base: "./",
      logLevel: "error",
      build: { outDir: "built", rollupOptions: { input: join(folder, "page.html") } },
    });
    server = await serveFiles({ folder });
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await packed?.remove();
  });

  for (const name of browserNames) {
    needs(browserPath(name))(`in ${name}`, () => {
      test("comes to the same with one worker and with two", async () => {
        const { browser, close } = await openBrowser(name);
        try {
          const tab = await browser.newPage();
          await tab.goto(`${server.origin}/built/page.html`);
          await tab.waitForFunction("window.found !== undefined");
          expect(await tab.evaluate("window.found")).toEqual(pinned);
        } finally {
          await close();
        }
      });
    });
  }
});
