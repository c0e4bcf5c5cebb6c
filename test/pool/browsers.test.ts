import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { browserNames, browserPath, openBrowser } from "../support/browsers.ts";
import { type FileServer, serveFiles } from "../support/file-server.ts";
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

for (const name of browserNames) {
  needs(browserPath(name))(`workers in ${name}`, () => {
    let server: FileServer;
    let opened: Awaited<ReturnType<typeof openBrowser>>;
    let page: Page;

    async function openPage(browser: Browser, origin: string): Promise<Page> {
      const made = await browser.newPage();
      await made.goto(`${origin}/page`);
      await made.waitForFunction("window.study !== undefined");
      return made;
    }

    beforeAll(async () => {
      server = await serveFiles({ pages: { "/page": plainPage("/test/pool/pages/studies.mjs") } });
      opened = await openBrowser(name);
      page = await openPage(opened.browser, server.origin);
    });
    afterAll(async () => {
      await opened?.close();
      await server?.close();
    });

    test("1, 2 and 4 workers give the digest of Node", async () => {
      const { stdout } = await runProgram("test/pool/programs/sleepy-study.mjs", ["2"]);
      const [digest, states] = stdout.trim().split(" ") as [string, string];
      for (const workers of [1, 2, 4]) {
        const ended = await study(page, { objective: sleepy, trials: 30, workers, lag: 4 });
        expect(ended).toMatchObject({ digest, states: states.split(",") });
      }
    });
  });
}
