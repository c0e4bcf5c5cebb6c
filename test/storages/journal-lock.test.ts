import { describe, expect, test } from "vitest";
import { withLock } from "../../src/storages/journal-lock.ts";
import { FakeFiles } from "../support/fake-files.ts";

const path = "/data/study.log";
const lock = `${path}.lock`;

describe.each(["symlink", "open"] as const)("the %s lock", (kind) => {
  test("is there while the task runs, and gone after, nothing left behind", async () => {
    const files = new FakeFiles();
    files.put(path, "");
    const held = await withLock(files, path, kind, 1000, () => files.entries.get(lock)?.target);
    expect(held).toBe(kind === "symlink" ? path : null);
    expect([...files.entries.keys()]).toEqual([path]);
    expect(files.sleeps).toEqual([]);
  });

  test("is released when the task throws", async () => {
    const files = new FakeFiles();
    const task = (): never => {
      throw new Error("no");
    };
    await expect(withLock(files, path, kind, 1000, task)).rejects.toThrow("no");
    expect(files.entries.size).toBe(0);
  });

  test("is waited for 1 ms, doubling up to 1 s", async () => {
    const files = new FakeFiles();
    files.put(path, "");
    files.put(lock, "", path);
    files.onSleep = () => {
      if (files.sleeps.length === 14) files.remove(lock);
    };
    await withLock(files, path, kind, 60_000, () => {});
    expect(files.sleeps).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 1000, 1000, 1000]);
  });

  test("is taken from a holder that has not written for 30 s", async () => {
    const files = new FakeFiles();
    files.put(path, "");
    files.put(lock, "", path);
    const at = await withLock(files, path, kind, 60_000, () => files.time);
    expect(at).toBeGreaterThan(30_000);
    expect(at).toBeLessThan(32_100);
    expect([...files.entries.keys()]).toEqual([path]);
  });

  test("is taken over when its target is nowhere to be found", async () => {
    const files = new FakeFiles();
    files.put(lock, "", "study.log");
    expect(await withLock(files, path, kind, 60_000, () => files.time)).toBeGreaterThan(30_000);
  });

  test("is not taken from one that changes hands", async () => {
    const files = new FakeFiles();
    files.put(path, "");
    files.put(lock, "", path);
    files.onSleep = () => {
      if (Math.floor(files.time / 20_000) > Math.floor((files.time - (files.sleeps.at(-1) as number)) / 20_000)) {
        files.remove(lock);
        files.put(lock, "", path);
      }
    };
    const locked = withLock(files, path, kind, 100_000, () => {});
    await expect(locked).rejects.toMatchObject({
      code: "storage-locked",
      message: `"${path}": expected the lock "${lock}" to be free within 100000 ms, got a holder that keeps it`,
    });
    expect(files.time).toBe(100_000);
    expect(files.entries.has(lock)).toBe(true);
  });

  test("is given up on after the time-out, to the millisecond", async () => {
    const files = new FakeFiles();
    files.put(lock, "", path);
    await expect(withLock(files, path, kind, 100, () => {})).rejects.toMatchObject({ code: "storage-locked" });
    expect(files.time).toBe(100);
    await expect(withLock(files, path, kind, 0, () => {})).rejects.toMatchObject({ code: "storage-locked" });
    expect(files.entries.has(lock)).toBe(true);
  });

  test("that another took over meanwhile is left alone", async () => {
    const files = new FakeFiles();
    await withLock(files, path, kind, 100, () => {
      files.remove(lock);
      files.put(lock, "theirs");
    });
    expect(files.text(lock)).toBe("theirs");
  });
});

test("a symlink lock whose journal is being written to is not stale", async () => {
  const files = new FakeFiles();
  files.put(path, "");
  files.put(lock, "", path);
  files.onSleep = () => files.open(path, "append")?.append(new Uint8Array(1));
  await expect(withLock(files, path, "symlink", 100_000, () => {})).rejects.toMatchObject({ code: "storage-locked" });
});
