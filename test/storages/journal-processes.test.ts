import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { JournalRecord } from "../../src/core/record.ts";
import { journalFile } from "../../src/platform/node-journal.ts";
import { record } from "../conformance/storage.ts";

const writer = fileURLToPath(new URL("journal-writer.mjs", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "vernier-processes-"));
afterAll(() => rmSync(root, { recursive: true }));

const start = (path: string, name: string, appends: number): ChildProcess =>
  spawn(process.execPath, [writer, path, name, String(appends)], { stdio: ["ignore", "pipe", "inherit"] });

const numbers = (records: readonly JournalRecord[]): unknown[] =>
  records.map((it) => (it.user_attr as Record<string, unknown>).k);

const upTo = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

describe("processes that share a journal", () => {
  test("lose nothing, repeat nothing and keep each append in one piece", async () => {
    const path = join(root, "shared.log");
    const names = ["a", "b", "c", "d"];
    const reader = journalFile(path);
    const seen: JournalRecord[] = [];
    const running = names.map((name) => start(path, name, 100));
    const ended = Promise.all(running.map((child) => once(child, "exit")));
    // Reads along while they write.
    while (running.some((child) => child.exitCode === null)) {
      seen.push(...(await reader.read(seen.length)));
      await new Promise((wake) => setTimeout(wake, 5));
    }
    expect((await ended).map(([code]) => code)).toEqual([0, 0, 0, 0]);
    seen.push(...(await reader.read(seen.length)));

    const found = await journalFile(path).read(0);
    expect(seen).toEqual(found);
    expect(found.length).toBe(800);
    for (const name of names) expect(numbers(found.filter((it) => it.worker_id === name))).toEqual(upTo(200));
    for (let i = 0; i < found.length; i += 2) expect(found[i]?.worker_id).toBe(found[i + 1]?.worker_id);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  test("find every finished append of one that was killed, and go on", async () => {
    const path = join(root, "killed.log");
    for (let round = 0; round < 6; round++) {
      const before = (await journalFile(path).read(0)).length;
      const child = start(path, `round ${round}`, 1_000_000);
      let acknowledged = 0;
      for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
        acknowledged = Number(line) + 1;
        if (acknowledged === 1 + 37 * round) child.kill("SIGKILL");
      }
      expect(acknowledged).toBeGreaterThan(37 * round);
      // A lock that the kill left behind would be taken over after 30 s.
      rmSync(`${path}.lock`, { force: true });

      const found = numbers((await journalFile(path).read(0)).slice(before));
      expect(found.length).toBeGreaterThanOrEqual(2 * acknowledged);
      expect(found).toEqual(upTo(found.length));
      await journalFile(path).append([record(round)]);
      const after = await journalFile(path).read(0);
      expect(after.length).toBe(before + found.length + 1);
      expect(after.at(-1)).toEqual(record(round));
    }
  });
});
