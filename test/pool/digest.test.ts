import { describe, expect, test } from "vitest";
import { runProgram } from "../support/program.ts";

async function digest(workers: number): Promise<string> {
  const { code, stdout, stderr } = await runProgram("test/pool/programs/sleepy-study.mjs", [String(workers)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [hash, states] = stdout.trim().split(" ") as [string, string];
  expect(states.split(",").filter((state) => state === "complete")).toHaveLength(27);
  expect(states.split(",").filter((state) => state === "fail")).toHaveLength(3);
  return hash;
}

describe("optimize with workers", () => {
  test("1, 2 and 4 workers give one digest with lag 4, whatever the trials' durations", async () => {
    const alone = await digest(1);
    expect(await digest(2)).toBe(alone);
    expect(await digest(4)).toBe(alone);
  });

  test.each([
    ["tpe", "median"],
    ["auto", "hyperband"],
  ])("so it is when workers die, trials hang, fail or are pruned: %s, %s", async (sampler, pruner) => {
    const run = async (workers: number): Promise<string> => {
      const args = [sampler, pruner, String(workers)];
      const { code, stdout, stderr } = await runProgram("test/pool/programs/eventful-study.mjs", args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return stdout;
    };
    const alone = await run(1);
    for (const end of ["WorkerDied", "TrialTimeout", "Error", "pruned", "complete"]) expect(alone).toContain(end);
    expect(await run(2)).toBe(alone);
    expect(await run(4)).toBe(alone);
  });
});
