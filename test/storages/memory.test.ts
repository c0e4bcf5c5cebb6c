import { expect, test } from "vitest";
import { memory } from "../../src/storages/memory.ts";
import { record, storageConformance } from "../conformance/storage.ts";

storageConformance("memory", () => {
  const storage = memory();
  return { open: () => storage };
});

test("two memories are two logs", async () => {
  const [a, b] = [memory(), memory()];
  await a.append([record(0)]);
  expect(await b.read(0)).toEqual([]);
});
