import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileCheckpoints } from "../../src/platform/node-checkpoints.ts";
import { checkpointsConformance } from "../conformance/checkpoints.ts";

const temporary = (): Promise<string> => mkdtemp(join(tmpdir(), "vernier-checkpoints-"));

checkpointsConformance("fileCheckpoints", async () => {
  const folder = await temporary();
  return {
    open: () => fileCheckpoints(join(folder, "made", "when needed")),
    dispose: () => rm(folder, { recursive: true }),
  };
});

describe("checkpoints in files", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporary();
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("have a file each, with a name that can be read, and leave nothing else", async () => {
    const kept = fileCheckpoints(folder);
    await Promise.all([1, 2, 3].map((k) => kept.set("trial 7", new Uint8Array(k))));
    await kept.set("net_3-b", new Uint8Array(2));
    await kept.set("deleted", new Uint8Array(2));
    await kept.delete("deleted");
    expect((await readdir(folder)).sort()).toEqual(["checkpoint-net_3-b", "checkpoint-trial%00207"]);
  });

  test("differ in names that a file system may take for the same", async () => {
    const kept = fileCheckpoints(folder);
    for (const name of ["Net", "net", "NET", `${"N".repeat(300)}`, `${"n".repeat(300)}`]) {
      await kept.set(name, new Uint8Array(1));
    }
    const files = await readdir(folder);
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(5);
    expect(Math.max(...files.map((file) => file.length))).toBeLessThan(255);
  });

  test("keep to the folder that the path meant when they were made", async () => {
    const before = process.cwd();
    process.chdir(folder);
    const kept = fileCheckpoints("relative");
    process.chdir(before);
    await kept.set("a", new Uint8Array(1));
    expect(await readdir(join(folder, "relative"))).toEqual(["checkpoint-a"]);
  });

  test("say where the system refuses, and what", async () => {
    const path = join(folder, "file");
    await writeFile(path, "");
    const kept = fileCheckpoints(path);
    const refusal = {
      code: "storage-failed",
      message: expect.stringMatching(/^"\/.*file": expected a folder to keep checkpoints in, got E(NOTDIR|EXIST)/),
    };
    await expect(kept.get("a")).rejects.toMatchObject(refusal);
    await expect(kept.set("a", new Uint8Array(1))).rejects.toMatchObject(refusal);
  });

  test.each(["", 7, undefined])("refuse %j as a folder", (path) => {
    expect(() => fileCheckpoints(path as string)).toThrow('"name": expected a non-empty folder name, got ');
  });
});
