import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { nodeFiles } from "../../src/platform/node-files.ts";
import { journalFile } from "../../src/platform/node-journal.ts";
import { encodeRecord } from "../../src/storages/journal-codec.ts";
import { type JournalFileOptions, openJournal } from "../../src/storages/journal-file.ts";
import { record, storageConformance } from "../conformance/storage.ts";
import { FakeFiles } from "../support/fake-files.ts";

const root = mkdtempSync(join(tmpdir(), "vernier-journal-"));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;
const freshPath = (): string => join(root, `${count++}.log`);

const options: JournalFileOptions[] = [{}, { sync: false }, { lock: "open", sync: false }];
for (const it of options) {
  storageConformance(`journalFile(path, ${JSON.stringify(it)})`, () => {
    const path = freshPath();
    return { open: () => journalFile(path, it) };
  });
}
storageConformance("journal on files in memory", () => {
  const files = new FakeFiles();
  return { open: () => openJournal(files, "study.log") };
});

const lines = (n: number): string => Array.from({ length: n }, (_, k) => `${encodeRecord(record(k))}\n`).join("");

describe("a journal file", () => {
  test("holds one line a record, and no lock is left", async () => {
    const path = freshPath();
    const journal = journalFile(path);
    expect(journal.path).toBe(path);
    await journal.append([record(0), record(1)]);
    await journal.append([record(2)]);
    expect(readFileSync(path, "utf8")).toBe(lines(3));
    expect(readdirSync(root).filter((file) => /lock|rename/.test(file))).toEqual([]);
  });

  test("is locked by a link with an absolute target", async () => {
    const files = new FakeFiles();
    const links: [string, string][] = [];
    files.link = (target, path) => {
      links.push([target, path]);
      expect(files.entries.has(target)).toBe(true);
      return FakeFiles.prototype.link.call(files, target, path);
    };
    await openJournal(files, "study.log").append([record(0)]);
    expect(links).toEqual([["/data/study.log", "/data/study.log.lock"]]);
  });

  test("is flushed once an append, unless told not to, and once for appends that came together", async () => {
    const files = new FakeFiles();
    const journal = openJournal(files, "study.log");
    await journal.append([record(0), record(1)]);
    expect(files.flushes).toBe(1);
    await Promise.all([2, 3, 4, 5].map((k) => journal.append([record(k)])));
    expect(files.flushes).toBe(3);
    await openJournal(files, "study.log", { sync: false }).append([record(6)]);
    expect(files.flushes).toBe(3);
    expect(files.text("/data/study.log")).toBe(lines(7));
  });

  test("is read without reading anything twice", async () => {
    const files = new FakeFiles();
    files.put("/data/study.log", lines(1000));
    let bytes = 0;
    const open = files.open.bind(files);
    files.open = (path, mode) => {
      const file = open(path, mode);
      if (file === null) return null;
      return {
        ...file,
        read(position, length) {
          bytes += length;
          return file.read(position, length);
        },
      };
    };
    const journal = openJournal(files, "study.log");
    await journal.read(0);
    expect(bytes).toBe(lines(1000).length);
    for (let k = 1000; k < 1010; k++) {
      files.put("/data/study.log", lines(k + 1));
      expect(await journal.read(k)).toEqual([record(k)]);
    }
    expect(bytes).toBeLessThan(lines(1010).length + 11 * 64);
  });

  test("a record longer than what is read at a time", async () => {
    const path = freshPath();
    const records = [record(0), record(1, "x".repeat((1 << 24) + 10)), record(2)];
    await journalFile(path).append(records);
    const journal = journalFile(path);
    const found = await journal.read(0);
    expect(found.length).toBe(3);
    expect(found).toEqual(records);
    expect(await journal.read(2)).toEqual([record(2)]);
  });
});

describe("a lock that its holder left behind", () => {
  test.each(["to the journal", "to nowhere"])("as a link %s is taken over after 30 s", async (where) => {
    const path = freshPath();
    let time = 0;
    const files = {
      ...nodeFiles,
      now: () => time,
      sleep: async (milliseconds: number) => {
        time += milliseconds;
      },
    };
    const journal = openJournal(files, path);
    await journal.append([record(0)]);
    // Optuna's links are as relative as the path it was given.
    nodeFiles.link(where === "to nowhere" ? `folder/${path}` : path, `${path}.lock`);
    await journal.append([record(1)]);
    expect(time).toBeGreaterThan(30_000);
    expect(time).toBeLessThan(32_100);
    expect(readFileSync(path, "utf8")).toBe(lines(2));
    expect(readdirSync(root).filter((file) => /lock|rename/.test(file))).toEqual([]);
  });
});

describe("a torn last record", () => {
  const whole = lines(2);
  const torn = encodeRecord(record(2, "é\n"));

  test("is ignored by readers and cut off by the next append, wherever it was torn", async () => {
    for (const before of [whole, ""]) {
      for (let length = 0; length <= torn.length; length++) {
        const files = new FakeFiles();
        files.put("/data/study.log", before + torn.slice(0, length));
        const kept = before === "" ? [] : [record(0), record(1)];
        const reader = openJournal(files, "study.log");
        expect(await reader.read(0)).toEqual(kept);
        await openJournal(files, "study.log").append([record(7)]);
        expect(files.text("/data/study.log")).toBe(`${before}${encodeRecord(record(7))}\n`);
        expect(await reader.read(kept.length)).toEqual([record(7)]);
      }
    }
  });

  test("longer than a block", async () => {
    const path = freshPath();
    writeFileSync(path, whole + encodeRecord(record(2, "x".repeat(200_000))));
    await journalFile(path).append([record(7)]);
    expect(readFileSync(path, "utf8")).toBe(`${whole}${encodeRecord(record(7))}\n`);
  });

  test("in the middle of a letter of another writer's UTF-8", async () => {
    const path = freshPath();
    const utf8 = Buffer.from(`{"op_code":2,"worker_id":"w","study_id":0,"user_attr":{"é":"✓"}}\n`);
    for (let length = 1; length < utf8.length; length++) {
      writeFileSync(path, Buffer.concat([utf8, utf8.subarray(0, length)]));
      const journal = journalFile(path, { sync: false });
      expect((await journal.read(0)).map((it) => it.user_attr)).toEqual([{ é: "✓" }]);
      await journal.append([record(7)]);
      expect((await journal.read(1)).length).toBe(1);
    }
  });
});

describe("a journal refuses", () => {
  const code = (code: string, message: RegExp): unknown =>
    expect.objectContaining({ name: "VernierError", code, message: expect.stringMatching(message) });

  test.each([
    ["a table", "a,b\n1,2\n", /line 1: expected a journal record .* got "a,b"/],
    ["a text without line end", "hello", /line 1/],
    ["JSON without line end", '{"name":"vernier"}', /line 1/],
    ["JSON of something else", '{"name":"vernier"}\n', /line 1/],
    ["an op_code that is none", '{"op_code":"0","worker_id":"w"}\n', /line 1/],
    ["a record without a writer", '{"op_code":0}\n', /line 1/],
    ["a list", "[]\n", /line 1/],
    ["an empty line", "\n", /line 1/],
    ["binary data", "\u0000\u0001SQLite", /line 1/],
  ])("%s, and leaves it as it is", async (_, text, message) => {
    const path = freshPath();
    writeFileSync(path, text);
    const refusal = code("storage-corrupt", new RegExp(`^"${path}", ${message.source}`));
    await expect(journalFile(path).append([record(0)])).rejects.toEqual(refusal);
    await expect(journalFile(path).read(0)).rejects.toEqual(refusal);
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(readdirSync(root).filter((file) => /lock|rename/.test(file))).toEqual([]);
  });

  test("a broken line, by its number, however late it is met", async () => {
    const path = freshPath();
    writeFileSync(path, lines(3));
    const journal = journalFile(path);
    expect((await journal.read(0)).length).toBe(3);
    writeFileSync(path, `${lines(4)}{"op_code":4,{"op_code":4}\n${encodeRecord(record(5))}\n`);
    const broken = code("storage-corrupt", /, line 5: expected a journal record/);
    await expect(journal.read(3)).rejects.toEqual(broken);
    await expect(journal.read(3)).rejects.toEqual(broken);
  });

  test("a file that shrank, went away or became another one", async () => {
    const path = freshPath();
    const journal = journalFile(path);
    await journal.append([record(0), record(1)]);
    await journal.read(0);
    writeFileSync(path, lines(1));
    await expect(journal.read(2)).rejects.toEqual(code("storage-corrupt", /expected at least \d+ bytes.*got \d+$/));
    writeFileSync(path, lines(9).replaceAll("worker-0", "worker-1"));
    await expect(journal.read(2)).rejects.toEqual(code("storage-corrupt", /another one in its place/));
    rmSync(path);
    await expect(journal.read(2)).rejects.toEqual(code("storage-corrupt", /got none$/));
    writeFileSync(path, lines(3));
    expect(await journal.read(2)).toEqual([record(2)]);
  });

  test("a directory", async () => {
    const path = freshPath();
    mkdirSync(path);
    const refusal = code("invalid-argument", /^"path": expected a file, got the directory/);
    await expect(journalFile(path).append([record(0)])).rejects.toEqual(refusal);
    await expect(journalFile(path).read(0)).rejects.toEqual(refusal);
  });

  test("a folder that is not there", async () => {
    const journal = journalFile(join(root, "nowhere", "study.log"));
    const refusal = code("invalid-argument", /^"path": expected a file in a folder that exists, got/);
    await expect(journal.append([record(0)])).rejects.toEqual(refusal);
    expect(await journal.read(0)).toEqual([]);
  });

  test("a folder it may not write to", async () => {
    const files = new FakeFiles();
    files.open = () => FakeFiles.fail("EACCES");
    const refusal = code("storage-failed", /^"\/data\/study.log": expected to read and append, got EACCES/);
    await expect(openJournal(files, "study.log").append([record(0)])).rejects.toEqual(refusal);
    await expect(openJournal(files, "study.log").read(0)).rejects.toEqual(refusal);
  });

  test.skipIf(process.getuid?.() === 0)("a file it may not write to", async () => {
    const path = freshPath();
    writeFileSync(path, lines(1));
    chmodSync(path, 0o444);
    await expect(journalFile(path).append([record(0)])).rejects.toEqual(code("storage-failed", /EACCES/));
    expect(await journalFile(path).read(0)).toEqual([record(0)]);
  });

  test("a full disk, keeping none of an append", async () => {
    const files = new FakeFiles();
    const journal = openJournal(files, "study.log");
    await journal.append([record(0)]);
    files.room = encodeRecord(record(1)).length + 20;
    const append = journal.append([record(1), record(2)]);
    await expect(append).rejects.toEqual(code("storage-failed", /ENOSPC/));
    expect(files.text("/data/study.log")).toBe(lines(1));
    expect([...files.entries.keys()]).toEqual(["/data/study.log"]);
    files.room = Number.POSITIVE_INFINITY;
    await journal.append([record(1)]);
    expect(files.text("/data/study.log")).toBe(lines(2));
  });

  test("wrong options", () => {
    const wrong =
      (path: unknown, it: object = {}) =>
      () =>
        journalFile(path as string, it);
    expect(wrong("")).toThrow('"path": expected the name of a file, got ""');
    expect(wrong(7)).toThrow('"path": expected the name of a file, got 7');
    expect(wrong("x", { lock: "flock" })).toThrow('"lock": expected one of "symlink", "open", got "flock"');
    expect(wrong("x", { lockTimeout: -1 })).toThrow('"lockTimeout": expected a number of milliseconds >= 0, got -1');
    expect(wrong("x", { sync: "yes" })).toThrow('"sync": expected one of true, false, got "yes"');
  });

  test("to wait for a lock longer than told", async () => {
    const path = freshPath();
    nodeFiles.link(path, `${path}.lock`);
    const journal = journalFile(path, { lockTimeout: 30 });
    await expect(journal.append([record(0)])).rejects.toEqual(code("storage-locked", /free within 30 ms/));
    nodeFiles.remove(`${path}.lock`);
    await journal.append([record(0)]);
    expect(await journal.read(0)).toEqual([record(0)]);
  });

  test("one append without hurting the next", async () => {
    const files = new FakeFiles();
    const journal = openJournal(files, "study.log");
    const broken = { ...record(1), param_value_internal: 1, distribution: "no distribution" };
    const results = await Promise.allSettled([[record(0)], [broken], [record(1)]].map((it) => journal.append(it)));
    expect(results.map((it) => it.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(files.text("/data/study.log")).toBe(lines(2));
  });
});
