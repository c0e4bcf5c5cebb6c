import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { root, runProgram } from "./support/program.ts";

// Each example runs as a user would run it, on the built package.
async function run(file: string): Promise<string> {
  const { code, stdout, stderr } = await runProgram(`examples/${file}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

const examples = readdirSync(`${root}/examples`, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".mjs") && !file.endsWith("objective.mjs") && !file.startsWith("support/"),
);

describe("examples", () => {
  test("there are some", () => expect(examples.length).toBeGreaterThan(4));

  test.each(examples)("%s runs", async (file) => {
    expect(await run(file)).not.toBe("");
  });

  test("quickstart finds the good branch", async () => {
    const [value, ...rest] = (await run("quickstart.mjs")).split(" ");
    expect(Number(value)).toBeLessThan(0.06);
    expect(rest.join(" ")).toContain("svm");
  });

  test("two workers give the digest of one", async () => {
    const lines = (await run("workers/main.mjs")).trim().split("\n");
    const digests = lines.map((line) => line.split("digest ")[1]);
    expect(digests).toHaveLength(2);
    expect(digests[0]).toBe(digests[1]);
  });

  test("halving is the same with two workers", async () => {
    const lines = (await run("halving.mjs")).trim().split("\n");
    const digests = lines.filter((line) => line.includes("digest ")).map((line) => line.split("digest ")[1]);
    expect(digests).toHaveLength(2);
    expect(digests[0]).toBe(digests[1]);
    expect(lines[2]).toBe("rung 2: 2 candidates on 1791 samples");
  });
});
