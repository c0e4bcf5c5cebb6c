import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../support/needs.ts";
import { installPacked, type Packed } from "../support/packed.ts";
import { type Ended, runProgram, vernier } from "../support/program.ts";
import { laterNodes, runIn, type Runtime } from "../support/runtimes.ts";
import { vectors } from "../support/vectors.ts";

interface JobLine {
  readonly job: string;
  readonly best: { readonly value: number; readonly params: Record<string, unknown> };
  readonly trials: number;
  readonly pruned: number;
  readonly digest: string;
  readonly stopReason: string;
  readonly seconds: number;
  readonly journal: string;
  readonly table: readonly {
    readonly params: Record<string, unknown>;
    readonly splits: readonly number[];
    /** Null for a candidate that was pruned. */
    readonly mean: number | null;
    readonly std: number;
    readonly rank: number;
  }[];
}

const golden = vectors<{
  raw: { C: number; penalty: string; split_test_scores: number[]; mean_test_score: number; std_test_score: number }[];
}>("grid-logistic-iris.json");

async function demo(...args: string[]): Promise<JobLine[]> {
  const { code, stdout, stderr } = await vernier(["demo", "--json", ...args], undefined, 230_000);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return linesOf(stdout);
}

function linesOf(stdout: string): JobLine[] {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as JobLine);
}

describe("vernier demo", () => {
  let lines: JobLine[];
  const out = mkdtempSync(join(tmpdir(), "vernier-test-"));
  beforeAll(async () => {
    lines = await demo("--out", out);
  }, 240_000);

  test("prints a line a job, in order, with its journal", () => {
    expect(lines.map(({ job }) => job)).toEqual([
      "grid-logistic-iris",
      "random-svc-digits",
      "bayes-svc-digits",
      "tpe-mlp-digits",
    ]);
    for (const { journal, trials, table, digest } of lines) {
      expect(existsSync(journal)).toBe(true);
      expect(table).toHaveLength(trials);
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test("the grid's table is the reference's", () => {
    const { table, stopReason, trials } = lines[0] as JobLine;
    expect({ stopReason, trials }).toEqual({ stopReason: "exhausted", trials: 8 });
    for (const row of golden.raw) {
      const ours = table.find(({ params }) => params.C === row.C && params.penalty === row.penalty);
      expect(ours?.splits).toEqual(row.split_test_scores);
      expect(ours?.mean).toBeCloseTo(row.mean_test_score, 12);
      expect(ours?.std).toBeCloseTo(row.std_test_score, 12);
    }
  });

  test("the random search reaches 0.96, the Bayesian one 0.974 and stops on patience or its last trial", () => {
    expect(lines[1]).toMatchObject({ trials: 100, stopReason: "trials" });
    expect(lines[1]?.best.value).toBeGreaterThanOrEqual(0.96);
    expect(lines[2]?.best.value).toBeGreaterThanOrEqual(0.974);
    expect(["patience", "trials"]).toContain(lines[2]?.stopReason);
  });

  test("the search of a network reaches 0.953, and a trial's score is that of its last epoch", () => {
    const { best, trials, pruned, stopReason, table } = lines[3] as JobLine;
    expect({ trials, stopReason }).toEqual({ trials: 100, stopReason: "trials" });
    expect(best.value).toBeGreaterThanOrEqual(0.953);
    const scored = table.filter(({ mean }) => mean !== null);
    expect(scored.length).toBe(100 - pruned);
    expect(pruned).toBeGreaterThan(20);
    for (const { splits, mean, std } of scored) expect({ splits, std }).toEqual({ splits: [mean], std: 0 });
    for (const { splits, mean } of table) expect(splits).toHaveLength(mean === null ? 0 : 1);
    expect(best.value).toBe(Math.max(...scored.map(({ mean }) => mean as number)));
  });

  test("the digests are those of every machine and runtime so far", () => {
    expect(lines.map(({ digest }) => digest)).toEqual([
      "24d6d9d4afb1c16888f891d04c107abde7b6c292223d98e53b273a02e16dec7a",
      "f5ff4ee796932e29b14ecb360c735bdae1a7e4461617a5a2f9c3c6e12469e791",
      "128e7f0f4c7a97d4ab278c2ab62f32aeaa06423c5a247c69f434bfbae5b17516",
      "b900a0123efad97db76931d168ca2fc476e4b14effab8579082a18ca7cc6c743",
    ]);
  });

  test("the digests do not depend on the number of workers", async () => {
    const alone = await demo("--workers", "1");
    expect(alone.map(({ digest }) => digest)).toEqual(lines.map(({ digest }) => digest));
  }, 240_000);

  test("a folder that has the journals is continued: nothing is left to do", async () => {
    const sizes = lines.map(({ journal }) => readFileSync(journal, "utf8").length);
    const again = await demo("--out", out);
    expect(again.map(({ digest }) => digest)).toEqual(lines.map(({ digest }) => digest));
    expect(again.map(({ journal }) => readFileSync(journal, "utf8").length)).toEqual(sizes);
  }, 120_000);

  describe("installed without TensorFlow.js", () => {
    let packed: Packed;
    beforeAll(async () => {
      packed = await installPacked();
    }, 60_000);
    afterAll(() => packed.remove());

    const missing =
      "needs packages that are not installed: npm install @tensorflow/tfjs-core @tensorflow/tfjs-layers @tensorflow/tfjs-backend-wasm";
    // On the journals, so that the other searches have nothing left to do.
    const run = (...args: string[]): Promise<Ended> =>
      runProgram(join(packed.folder, "node_modules/vernier/build/js/cli/main.js"), ["demo", "--out", out, ...args]);

    test("the search of a network is skipped in one line that says what to install", async () => {
      const { code, stdout, stderr } = await run();
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout.split("\n")).toContain(`  skipped: ${missing}`);
      expect(stdout).toMatch(/\nAll in [\d.]+ s, journals in /);
    }, 60_000);

    test("in JSON too", async () => {
      const { code, stdout, stderr } = await run("--json");
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const jobs = linesOf(stdout);
      expect(jobs[3]).toEqual({ job: "tpe-mlp-digits", skipped: missing });
      expect(jobs.slice(0, 3).map(({ digest }) => digest)).toEqual(lines.slice(0, 3).map(({ digest }) => digest));
    }, 60_000);
  });

  const newest = laterNodes.at(-1) as Runtime;
  needs(newest.command)(`in ${newest.name}`, () => {
    test("the digests are the same", async () => {
      const { stdout } = await runIn(newest, ["build/js/cli/main.js", "demo", "--json"]);
      expect(linesOf(stdout).map(({ digest }) => digest)).toEqual(lines.map(({ digest }) => digest));
    }, 240_000);
  });
});

describe("the program", () => {
  test("says what it is", async () => {
    expect((await vernier(["--help"])).stdout).toContain("Usage: vernier <command>");
    expect((await vernier(["demo", "--help"])).stdout).toContain("--workers N");
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect((await vernier(["--version"])).stdout).toBe(`${version}\n`);
  });

  test.each([
    [["sweep"], 'vernier: command: expected "demo" or "tune", got "sweep"\n'],
    [["demo", "--workers", "two"], 'vernier: --workers: expected a whole number >= 1, got "two"\n'],
    [["demo", "--workers", "0"], 'vernier: "--workers": expected a whole number from 1 to 1024, got 0\n'],
    [["demo", "--seed", "-1"], /^vernier: .*--seed/],
    [["demo", "--fast"], /^vernier: Unknown option '--fast'/],
    [["demo", "--out", "/dev/null/x"], /^vernier: --out: expected a folder that can be written/],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await vernier(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});
