import { describe, expect, test } from "vitest";
import { float } from "../../src/core/space.ts";
import { memoryCheckpoints } from "../../src/storages/memory-checkpoints.ts";
import type { StudyOptions } from "../../src/study/study.ts";
import { testStudy } from "../support/study.ts";

const space = { x: float(0, 1) };
const options: StudyOptions<typeof space> = { space, seed: 1 };

describe("a study's checkpoints", () => {
  test("are shared by trials that are asked for, taken up again and optimized", async () => {
    const study = await testStudy(options);
    const first = await study.ask();
    await first.checkpoints.set("state", new Uint8Array([1, 2]));
    await first.save();
    expect(await (await study.trial(0)).checkpoints.get("state")).toEqual(new Uint8Array([1, 2]));
    await study.tell(first, 1);
    const found: (Uint8Array | null)[] = [];
    await study.optimize(
      async ({ x }, { checkpoints }) => {
        found.push(await checkpoints.get("state"));
        await checkpoints.delete("state");
        return x;
      },
      { trials: 2 },
    );
    expect(found).toEqual([new Uint8Array([1, 2]), null]);
  });

  test("are its own unless they are given", async () => {
    const checkpoints = memoryCheckpoints();
    const states: (Uint8Array | null)[] = [];
    for (const given of [{}, {}, { checkpoints }, { checkpoints }]) {
      const study = await testStudy({ ...options, ...given });
      const trial = await study.ask();
      states.push(await trial.checkpoints.get("state"));
      await trial.checkpoints.set("state", new Uint8Array(3));
    }
    expect(states).toEqual([null, null, null, new Uint8Array(3)]);
  });

  test("refuse names and bytes that are none before they reach the store", async () => {
    const untouched = {
      get: async () => null,
      set: () => Promise.reject(new Error("reached")),
      delete: async () => {},
    };
    const { checkpoints } = await (await testStudy({ ...options, checkpoints: untouched })).ask();
    for (const [name, bytes] of [
      ["", new Uint8Array(1)],
      ["a", [1] as unknown as Uint8Array],
    ] as const) {
      await expect(checkpoints.set(name, bytes)).rejects.toMatchObject({ code: "invalid-argument" });
    }
    await expect(checkpoints.get("")).rejects.toMatchObject({ code: "invalid-argument" });
    await expect(checkpoints.delete(7 as never)).rejects.toMatchObject({ code: "invalid-argument" });
  });
});
