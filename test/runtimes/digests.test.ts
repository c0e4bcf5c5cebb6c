import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../support/needs.ts";
import { installPacked, type Packed } from "../support/packed.ts";
import { bun, runIn, runtimes } from "../support/runtimes.ts";

// One program on the packed package, in every runtime: each must find what is written in runtime-digests.json.
// A change that is meant is written there by: npx vitest run test/runtimes/digests.test.ts -u

const pinned = "../vectors/runtime-digests.json";

let packed: Packed;
beforeAll(async () => {
  packed = await installPacked();
  await packed.add("digests.mjs", "test/runtimes/digests/main.ts");
  await packed.add("edge.mjs", "test/runtimes/digests/edge.ts");
});
afterAll(() => packed?.remove());

describe.each(runtimes)("$name", (runtime) => {
  needs(runtime.command)("with the packed package", () => {
    test("finds the digests that are pinned", async () => {
      const { code, stdout, stderr } = await runIn(runtime, ["digests.mjs"], packed.folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      await expect(stdout).toMatchFileSnapshot(pinned);
    }, 400_000);
  });
});

needs(bun.command)("a program that Bun compiled", () => {
  test("finds the digests that are pinned, without the package's files", async () => {
    const built = await runIn(bun, ["build", "--compile", "digests.mjs", "--outfile", "digests"], packed.folder);
    expect(built.code).toBe(0);
    const { stdout } = await promisify(execFile)(join(packed.folder, "digests"), { cwd: "/" });
    await expect(stdout).toMatchFileSnapshot(pinned);
  });
});

// workerd, the runtime of Cloudflare's isolates, comes with miniflare. It compiles no bytes: the package's modules reach it
// as .wasm files that are imported.
describe("workerd", () => {
  test("finds the digests that are pinned", async () => {
    // As wrangler, the usual bundler for it, has them.
    const conditions = ["workerd", "worker", "browser"];
    await packed.bundle("edge/main.js", "edge.mjs", { conditions, loader: { ".wasm": "copy" } });
    const folder = join(packed.folder, "edge");
    const modules = readdirSync(folder).filter((file) => file.endsWith(".wasm"));
    const isolate = new Miniflare({
      compatibilityDate: "2026-04-01",
      modulesRoot: folder,
      modules: [
        { type: "ESModule", path: join(folder, "main.js") },
        ...modules.map((file) => ({ type: "CompiledWasm" as const, path: join(folder, file) })),
      ],
    });
    try {
      const response = await isolate.dispatchFetch("http://localhost/");
      await expect(await response.text()).toMatchFileSnapshot(pinned);
    } finally {
      await isolate.dispose();
    }
  }, 120_000);
});
