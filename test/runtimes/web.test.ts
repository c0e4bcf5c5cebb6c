import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "puppeteer-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserNames, browserPath, openBrowser } from "../support/browsers.ts";
import { type FileServer, serveFiles } from "../support/file-server.ts";
import { needs } from "../support/needs.ts";
import { installPacked, type Packed } from "../support/packed.ts";

// The packed package in pages and in every kind of worker that a page can start: through a bundler, and without one.

const bundle = "/node_modules/vernier/build/bundle";
const bundled = (specifier: string): string =>
  `${bundle}/${specifier === "vernier" ? "vernier" : specifier.slice(8)}.js`;
const names = [
  "vernier",
  ...["models", "preprocessing", "metrics", "selection", "datasets"].map((n) => `vernier/${n}`),
];
const importMap = JSON.stringify({ imports: Object.fromEntries(names.map((name) => [name, bundled(name)])) });

const page = (head: string): string => `<!doctype html><title>digests</title>${head}`;
const pages = {
  "/": page("The bundle, without help."),
  "/map.html": page(`<script type="importmap">${importMap}</script>`),
};

// The page of an application that Vite builds.
const application = `
import { digests } from "./digests.mjs";
globalThis.inPage = digests;
globalThis.startWorker = () => new Worker(new URL("./worker.mjs", import.meta.url));
`;

let packed: Packed;
let server: FileServer;
beforeAll(async () => {
  packed = await installPacked();
  await packed.add("digests.mjs", "test/runtimes/digests/index.ts");
  await packed.add("worker.mjs", "test/runtimes/digests/worker.ts");
  await packed.add("worker-by-url.mjs", "test/runtimes/digests/worker.ts", bundled);
  await writeFile(join(packed.folder, "application.mjs"), application);
  await writeFile(
    join(packed.folder, "application.html"),
    page('<script type="module" src="./application.mjs"></script>'),
  );
  await build({
    root: packed.folder,
    base: "./",
    logLevel: "error",
    build: { outDir: "built", rollupOptions: { input: join(packed.folder, "application.html") } },
  });
  server = await serveFiles({ folder: packed.folder, pages });
}, 120_000);
afterAll(async () => {
  await server?.close();
  await packed?.remove();
});

describe.each(browserNames)("%s", (name) => {
  needs(browserPath(name))("with the packed package", () => {
    let browser: Browser;
    let close: (() => Promise<void>) | undefined;
    beforeAll(async () => ({ browser, close } = await openBrowser(name)), 120_000);
    afterAll(() => close?.());

    /** What a script finds in the page at `path`. */
    async function found(path: string, script: string): Promise<unknown> {
      const page = await browser.newPage();
      await page.goto(`${server.origin}${path}`);
      const digests = await page.evaluate(script);
      await page.close();
      return digests;
    }

    const fromWorker = (start: string): string => `new Promise((resolve, reject) => {
      const worker = ${start};
      worker.onerror = ({ message }) => reject(new Error(message));
      const { port = worker } = worker;
      port.onmessage = ({ data }) => resolve(data);
      if (port === worker) worker.postMessage(null);
    })`;

    test.each([
      [
        "a page that imports the bundle by an import map",
        "/map.html",
        'import("/digests.mjs").then((m) => m.digests())',
      ],
      [
        "a module worker that imports the bundle by its address",
        "/",
        fromWorker('new Worker("/worker-by-url.mjs", { type: "module" })'),
      ],
      [
        "a shared worker that imports the bundle by its address",
        "/",
        fromWorker('new SharedWorker("/worker-by-url.mjs", { type: "module" })'),
      ],
      ["a page that Vite built", "/built/application.html", "inPage()"],
      ["a classic worker that Vite built", "/built/application.html", fromWorker("startWorker()")],
    ])("%s finds the digests that are pinned", async (_, path, script) => {
      await expect(await found(path, script)).toMatchFileSnapshot("../vectors/runtime-digests.json");
    });
  });
});
