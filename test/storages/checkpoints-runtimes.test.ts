import { join } from "node:path";
import { build } from "esbuild";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserNames, browserPath, openBrowser } from "../support/browsers.ts";
import { type FileServer, serveFiles } from "../support/file-server.ts";
import { plainPage } from "../support/import-map.ts";
import { needs } from "../support/needs.ts";
import { root } from "../support/program.ts";
import { bun, deno, runIn, thisNode } from "../support/runtimes.ts";

type Workers = readonly [own: string, read: string | null];
interface Climbs {
  readonly digest: string;
  readonly from: readonly number[];
  readonly reasons: readonly string[];
}
interface Studies {
  readonly alone: readonly Workers[];
  readonly together: readonly Workers[];
  readonly whole: Climbs;
  readonly interrupted: Climbs;
}

const folder = "build/checkpoints-test";

async function bundle(entry: string, platform: "node" | "browser", external: string[]): Promise<void> {
  await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    format: "esm",
    platform,
    external,
    logLevel: "error",
    outdir: join(root, folder, platform),
  });
}

/** What one trial sets another reads, in whatever worker; one that is interrupted goes on to the same end. */
function expectShared({ alone, together, whole, interrupted }: Studies): void {
  const [worker] = alone[0] as Workers;
  expect(alone).toEqual([null, worker, null, worker].map((read) => [worker, read]));
  expect(new Set(together.map(([own]) => own)).size).toBe(2);
  expect(together.map(([, read]) => read)).toEqual([1, 0, 3, 2].map((partner) => together[partner]?.[0]));
  for (const [own, read] of together) expect(own).not.toBe(read);
  expect(whole).toEqual({ digest: expect.stringMatching(/^[0-9a-f]{64}$/), from: [0, 0], reasons: ["trials"] });
  expect(interrupted).toEqual({ digest: whole.digest, from: [expect.any(Number), 0], reasons: ["aborted", "trials"] });
  expect(interrupted.from[0]).toBeGreaterThan(5);
  expect(interrupted.from[0]).toBeLessThan(100);
}

describe("checkpoints in processes", () => {
  beforeAll(() => bundle("test/storages/programs/checkpoints.mjs", "node", ["vernier", "vernier/*"]));

  for (const runtime of [thisNode, deno, bun]) {
    needs(runtime.command)(`in ${runtime.name}`, () => {
      test("files keep the contract, and workers share checkpoints", async () => {
        const permissions = runtime === deno ? ["--allow-all"] : [];
        const { code, stdout, stderr } = await runIn(runtime, [...permissions, `${folder}/node/checkpoints.js`]);
        if (code !== 0) throw new Error(stderr);
        const { failures, inFiles, inMemory } = JSON.parse(stdout);
        expect(failures).toEqual([]);
        expectShared(inFiles);
        expectShared(inMemory);
      });
    });
  }
});

describe("checkpoints in browsers", () => {
  let server: FileServer;
  beforeAll(async () => {
    await bundle("test/storages/pages/checkpoints.mjs", "browser", ["vernier"]);
    const script = `/${folder}/browser/checkpoints.js`;
    server = await serveFiles({ pages: { "/": plainPage(script) } });
  });
  afterAll(() => server?.close());

  for (const name of browserNames) {
    needs(browserPath(name))(`in ${name}`, () => {
      let opened: Awaited<ReturnType<typeof openBrowser>>;
      let page: Page;
      beforeAll(async () => {
        opened = await openBrowser(name);
        page = await opened.browser.newPage();
        await page.goto(`${server.origin}/`);
        await page.waitForFunction("window.refused !== undefined");
      });
      afterAll(() => opened?.close());

      test("IndexedDB keeps the contract, and workers share checkpoints", async () => {
        const { failures, inDatabase, inMemory } = (await page.evaluate("window.seen()")) as {
          readonly failures: readonly string[];
          readonly inDatabase: Studies;
          readonly inMemory: Studies;
        };
        expect(failures).toEqual([]);
        expectShared(inDatabase);
        expectShared(inMemory);
      });

      test("a database that is deleted meanwhile is let go of, and made anew", async () => {
        expect(await page.evaluate("window.deleted()")).toEqual([3, null, 4]);
      });

      test("what cannot keep any is refused", async () => {
        expect(await page.evaluate("window.refused()")).toEqual([
          {
            code: "storage-failed",
            message: expect.stringMatching(
              /^"vernier-.*": expected a database to keep checkpoints in, got NotFoundError/,
            ),
          },
          { code: "invalid-argument", message: '"name": expected a non-empty database name, got ""' },
          { code: "unsupported", message: "expected a runtime with IndexedDB, got one without" },
        ]);
      });
    });
  }
});
