import { describe, expect, test } from "vitest";
import type { Checkpoints } from "../../src/storages/checkpoints.ts";
import { memoryCheckpoints } from "../../src/storages/memory-checkpoints.ts";
import { checkpointsConformance } from "../conformance/checkpoints.ts";

checkpointsConformance("memoryCheckpoints", () => {
  const kept = memoryCheckpoints();
  return { open: () => kept };
});

/** Those of the names that have a checkpoint; asking counts as a use, in this order. */
async function present(kept: Checkpoints, names: string): Promise<string> {
  const found = await Promise.all([...names].map((name) => kept.get(name)));
  return [...names].filter((_, i) => found[i] !== null).join("");
}

describe("the limit of checkpoints in memory", () => {
  test("lets go of those used longest ago, a reading being a use", async () => {
    const kept = memoryCheckpoints({ limit: 10 });
    for (const name of "abc") await kept.set(name, new Uint8Array(3));
    await kept.get("a");
    await kept.set("d", new Uint8Array(4));
    expect(await present(kept, "abcd")).toBe("acd");
    await kept.set("e", new Uint8Array(5));
    expect(await present(kept, "acde")).toBe("de");
  });

  test("counts what is replaced and deleted no longer", async () => {
    const kept = memoryCheckpoints({ limit: 10 });
    for (let k = 0; k < 5; k++) await kept.set("a", new Uint8Array(6));
    await kept.set("b", new Uint8Array(4));
    expect(await present(kept, "ab")).toBe("ab");
    await kept.delete("a");
    await kept.delete("a");
    await kept.set("c", new Uint8Array(6));
    expect(await present(kept, "bc")).toBe("bc");
  });

  test("one that is larger is not kept, nor what it was to replace; others stay", async () => {
    const kept = memoryCheckpoints({ limit: 10 });
    for (const name of "ab") await kept.set(name, new Uint8Array(5));
    await kept.set("a", new Uint8Array(11));
    expect(await present(kept, "ab")).toBe("b");
    await kept.set("a", new Uint8Array(10));
    expect(await present(kept, "ab")).toBe("a");
  });

  test.each([-1, 0.5, Number.NaN, "1" as never])("refuses %s", (limit) => {
    expect(() => memoryCheckpoints({ limit })).toThrow('"limit": expected a whole number >= 0, got ');
  });
});
