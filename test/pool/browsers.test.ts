import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { iris } from "../../src/datasets/index.ts";
import { logisticRegression } from "../../src/models/index.ts";
import { gridSearch } from "../../src/selection.ts";
import { browserNames, browserPath, openBrowser } from "../support/browsers.ts";
import { bundled } from "../support/bundle.ts";
import { type FileServer, type FileServerOptions, isolationHeaders, serveFiles } from "../support/file-server.ts";
import { plainPage } from "../support/import-map.ts";
import { needs } from "../support/needs.ts";
import { runProgram } from "../support/program.ts";

interface Ended {
  readonly digest: string;
  readonly states: readonly string[];
  readonly values: readonly (number | null)[];
  readonly failures: readonly { readonly name: string; readonly message: string; readonly stack: string | null }[];
  readonly attrs: readonly Readonly<Record<string, unknown>>[];
  readonly reason: string;
  readonly error?: { readonly name: string; readonly code: string; readonly message: string };
}

/** Runs a study in a page of test/pool/pages. */
function study(page: Page, options: object): Promise<Ended> {
  return page.evaluate(
    (given) => (globalThis as unknown as { study(given: object): Promise<Ended> }).study(given),
    options,
  );
}

const sleepy = "/test/pool/objectives/sleepy.mjs";
const module = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;
const studies = "/test/pool/pages/studies.mjs";
const withPolicy = (policy: string): Record<string, string> => ({ "Content-Security-Policy": policy });

for (const name of browserNames) {
  needs(browserPath(name))(`workers in ${name}`, () => {
    const servers: FileServer[] = [];
    let opened: Awaited<ReturnType<typeof openBrowser>>;
    let page: Page;
    let nodes: { readonly digest: string; readonly states: readonly string[] };

    async function openPage(options: FileServerOptions, browser: Browser = opened.browser): Promise<Page> {
      const server = await serveFiles({ pages: { "/page": plainPage(studies) }, ...options });
      servers.push(server);
      const made = await browser.newPage();
      await made.goto(`${server.origin}/page`);
      await made.waitForFunction("window.study !== undefined");
      return made;
    }
    // One worker, so that each trial follows the other; as many trials as behaviors.
    const behave = (behaviors: readonly string[], options: object = {}, on: Page = page): Promise<Ended> =>
      study(on, {
        objective: "/test/pool/objectives/web.mjs",
        workerData: { behaviors },
        trials: behaviors.length,
        workers: 1,
        ...options,
      });

    beforeAll(async () => {
      const { stdout } = await runProgram("test/pool/programs/sleepy-study.mjs", ["2"]);
      const [digest, states] = stdout.trim().split(" ") as [string, string];
      nodes = { digest, states: states.split(",") };
      opened = await openBrowser(name);
      page = await openPage({
        pages: {
          "/page": plainPage(studies),
          "/worker-file.js": await bundled("test/pool/objectives/worker-file.mjs"),
          "/trap-worker.js": await bundled("test/pool/objectives/trap-worker.mjs"),
          "/no-module.txt": "no module",
          "/broken.js": "export syntax error",
        },
      });
    });
    afterAll(async () => {
      await opened?.close();
      await Promise.all(servers.map((server) => server.close()));
    });

    test.each([1, 2, 4])("%d workers give the digest of Node", async (workers) => {
      expect(await study(page, { objective: sleepy, trials: 30, workers, lag: 4 })).toMatchObject(nodes);
    });

    test.each([1, 4])("so do %d workers of one's own", async (workers) => {
      const options = { workerFile: "/worker-file.js", trials: 30, workers, lag: 4 };
      expect(await study(page, options)).toMatchObject(nodes);
    });

    test("so does a page in the background", async () => {
      const front = await opened.browser.newPage();
      await front.bringToFront();
      expect(await study(page, { objective: sleepy, trials: 30, workers: 2, lag: 4 })).toMatchObject(nodes);
      const { failures } = await behave(["spin"], { trialTimeout: 100 });
      expect(failures).toMatchObject([{ name: "TrialTimeout" }]);
      await front.close();
    });

    test("so does a page without workers, which evaluates in its own thread", async () => {
      const alone = await openPage({ pages: { "/page": plainPage(studies, "delete window.Worker") } });
      expect(await study(alone, { objective: sleepy, trials: 30, workers: 4, lag: 4 })).toMatchObject(nodes);
      const { error } = await study(alone, { objective: "/missing.mjs", trials: 1 });
      expect(error).toMatchObject({ code: "worker-failed", message: expect.stringContaining("/missing.mjs to be") });
      const { error: own } = await study(alone, { workerFile: "/worker-file.js", trials: 1 });
      expect(own).toMatchObject({ code: "unsupported", message: expect.stringContaining("got edge") });
    });

    test.each([
      ["with shared memory", true, isolationHeaders, ""],
      ["with copies", false, {}, ""],
      ["without workers", false, {}, "delete window.Worker"],
    ])("a search %s gives the digest of Node", async (_, isolated, headers, before) => {
      const pages = { "/page": plainPage("/test/pool/pages/searches.mjs", before) };
      const searching = await openPage({ pages, headers });
      const { X, y } = iris();
      const options = { lag: 2, seed: 3, refit: false };
      const alone = await gridSearch(logisticRegression(), { C: [0.01, 0.1, 1, 10] }, X, y, options);
      const ended = await searching.evaluate("window.search(2)");
      expect(ended).toEqual({ digest: alone.study.digest(), best: alone.best.number, isolated });
    });

    describe("a worker that dies", () => {
      test.each([
        ["close", "the worker ended without an error while the trial ran"],
        ["uncaught", "the worker died of RangeError: lost in a timer while the trial ran"],
        ["unhandled", "the worker died of OutOfData: nobody caught this while the trial ran"],
      ])("by %s costs its own trial and is replaced", async (behavior, message) => {
        const { states, values, failures } = await behave(["count", "count", behavior, "count"]);
        expect(states).toEqual(["complete", "complete", "fail", "complete"]);
        expect(values).toEqual([1, 2, null, 1]);
        expect(failures).toMatchObject([{ name: "WorkerDied", message }]);
        expect(failures[0]?.stack?.includes("web.mjs") ?? false).toBe(behavior !== "close");
      });

      test("leaves others alone", async () => {
        const behaviors = ["count", "uncaught", "nap", "close", "nap"];
        const { states } = await behave(behaviors, { workers: 3 });
        expect(states).toEqual(["complete", "fail", "complete", "fail", "complete"]);
      });
    });

    test("an error keeps its name, message and stack", async () => {
      const { failures } = await behave(["throws"]);
      expect(failures).toEqual([
        { name: "OutOfData", message: "row 7 is missing", stack: expect.stringContaining("web.mjs") },
      ]);
    });

    test("a loop without end is stopped at its time-out; an objective that listens ends by itself and keeps its worker", async () => {
      const { states, values, failures, attrs } = await behave(
        ["count", "listens", "tells", "spin", "count", "ignores", "count"],
        { trialTimeout: 150 },
      );
      expect(states).toEqual(["complete", "fail", "complete", "fail", "complete", "fail", "complete"]);
      expect(values).toEqual([1, null, 0, null, 1, null, 1]);
      const timeout = "the trial ran past its time-out of 150 ms";
      expect(failures.map(({ name, message }) => `${name}: ${message}`)).toEqual(
        Array(3).fill(`TrialTimeout: ${timeout}`),
      );
      expect(attrs[2]).toMatchObject({ count: 3, reason: `TrialTimeout: ${timeout}` });
    });

    test.each(["spin", "listens", "obeys"])("an abort ends a study whose trial runs: %s", async (behavior) => {
      const ended = await behave(["count", behavior], { abortAfter: 300 });
      expect(ended).toMatchObject({ states: ["complete", "running"], reason: "aborted" });
    });

    test("a core that trapped is another for the next trial", async () => {
      const { states, values, failures } = await study(page, { workerFile: "/trap-worker.js", trials: 2, workers: 1 });
      expect(states).toEqual(["fail", "complete"]);
      expect(values[1]).toBe(1);
      expect(failures[0]?.name).toBe("RuntimeError");
    });

    describe("an objective that no worker can evaluate", () => {
      test.each([
        ["/missing.mjs", /missing\.mjs to be a module that can be imported, got TypeError/],
        ["/no-module.txt", /no-module\.txt to be a module that can be imported, got TypeError/],
        ["/broken.js", /broken\.js to be a module that can be imported, got SyntaxError/],
        [module("export default 5"), /to export its objective, a function, as default, got 5/],
        [module("import './x.js'; export default 5"), /to be a module that can be imported, got TypeError/],
      ])("%s", async (objective, message) => {
        const { error } = await study(page, { objective, trials: 2, workers: 2 });
        expect(error).toMatchObject({ name: "VernierError", code: "worker-failed" });
        expect(error?.message).toMatch(message);
      });

      test.each([
        ["/missing.js", /a worker that could not load its script/],
        ["/no-module.txt", /a worker that could not load its script/],
        ["/broken.js", /a worker that (died of .*SyntaxError|could not load its script)/],
      ])("nor a worker of one's own: %s", async (workerFile, message) => {
        const { error } = await study(page, { workerFile, trials: 2, workers: 2 });
        expect(error).toMatchObject({ name: "VernierError", code: "worker-failed" });
        expect(error?.message).toMatch(message);
      });

      test("data and parameters that cannot be posted are named", async () => {
        const { error } = await study(page, { objective: sleepy, trials: 1, unclonable: true });
        expect(error).toMatchObject({
          code: "invalid-argument",
          message: '"workerData.load": expected a value that can be posted to a worker, got function load',
        });
      });

      test("a policy without workers is named", async () => {
        const policy = "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'none'";
        const guarded = await openPage({ headers: withPolicy(policy) });
        const { error } = await study(guarded, { objective: sleepy, trials: 1 });
        expect(error).toMatchObject({ name: "VernierError", code: "worker-failed" });
        expect(error?.message).toMatch(/worker-src/);
      });

      // Chromium lets a module pass that was compiled elsewhere.
      test("a policy of the worker's file against WebAssembly is named", async () => {
        const policy = withPolicy("script-src 'self'");
        const guarded = await openPage({ headers: (path) => (path.endsWith("web-worker.js") ? policy : {}) });
        const ended = await study(guarded, { objective: sleepy, trials: 30, workers: 2, lag: 4 });
        const refused = { code: "worker-failed", message: expect.stringMatching(/Content-Security-Policy/) };
        expect(ended).toMatchObject(name === "chromium" ? nodes : { error: refused });
      });
    });
  });
}
