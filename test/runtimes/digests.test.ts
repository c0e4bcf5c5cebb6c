import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../support/needs.ts";
import { installPacked, type Packed } from "../support/packed.ts";
import { runIn, type Runtime, runtimes } from "../support/runtimes.ts";

// One program on the packed package, in every runtime: each must find what is written in runtime-digests.json.
// A change that is meant is written there by: npx vitest run test/runtimes/digests.test.ts -u

let packed: Packed;
beforeAll(async () => {
  packed = await installPacked();
  await packed.add("digests.mjs", "test/runtimes/digests/main.ts");
});
afterAll(() => packed.remove());

async function digestsIn(runtime: Runtime): Promise<string> {
  const { code, stdout, stderr } = await runIn(runtime, ["digests.mjs"], packed.folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

describe.each(runtimes)("$name", (runtime) => {
  needs(runtime.command)("with the packed package", () => {
    test("finds the digests that are pinned", async () => {
      await expect(await digestsIn(runtime)).toMatchFileSnapshot("../vectors/runtime-digests.json");
    }, 400_000);
  });
});
