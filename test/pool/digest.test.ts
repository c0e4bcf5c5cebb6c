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
});
