import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Json } from "../../src/core/json.ts";
import { type JournalRecord, Op } from "../../src/core/record.ts";
import type { Storage } from "../../src/storages/storage.ts";

/** One log, opened as often as a test asks: every handle reads and appends to the same records. */
export interface SharedLog {
  open(): Storage;
  dispose?(): void | Promise<void>;
}

/** A record that is `k` all through. */
export function record(k: number, value: Json = k): JournalRecord {
  return { op_code: Op.studyUserAttr, worker_id: "worker-0", study_id: 0, user_attr: { [`key ${k}`]: value } };
}

const upTo = (n: number): JournalRecord[] => Array.from({ length: n }, (_, k) => record(k));

/**
 * What every storage must do. `make` makes an empty log.
 *
 *     storageConformance("memory", () => {
 *       const storage = memory();
 *       return { open: () => storage };
 *     });
 */
export function storageConformance(name: string, make: () => SharedLog | Promise<SharedLog>): void {
  describe(`${name} keeps the contract of a storage`, () => {
    let log: SharedLog;
    beforeEach(async () => {
      log = await make();
    });
    afterEach(() => log.dispose?.());

    test("has a name", () => {
      expect(log.open().name).toMatch(/^\S+$/);
    });

    test("is empty at first", async () => {
      expect(await log.open().read(0)).toEqual([]);
      expect(await log.open().read(7)).toEqual([]);
    });

    test("gives back what was appended, in order", async () => {
      const storage = log.open();
      const records = upTo(20);
      await storage.append(records.slice(0, 1));
      await storage.append(records.slice(1, 12));
      await storage.append(records.slice(12));
      expect(await storage.read(0)).toEqual(records);
    });

    test("reads from any position, again and again", async () => {
      const storage = log.open();
      const records = upTo(12);
      await storage.append(records);
      for (const from of [12, 5, 0, 11, 5, 13, 100]) expect(await storage.read(from)).toEqual(records.slice(from));
      expect(await log.open().read(5)).toEqual(records.slice(5));
      await storage.append([record(12)]);
      expect(await storage.read(12)).toEqual([record(12)]);
      expect(await storage.read(3)).toEqual([...records.slice(3), record(12)]);
    });

    test.each([-1, 0.5, Number.NaN, "0" as unknown as number])("refuses to read from %s", async (from) => {
      await expect(log.open().read(from)).rejects.toMatchObject({ code: "invalid-argument" });
    });

    test("an empty append changes nothing", async () => {
      const storage = log.open();
      await storage.append([]);
      expect(await storage.read(0)).toEqual([]);
      await storage.append([record(0)]);
      await storage.append([]);
      expect(await storage.read(0)).toEqual([record(0)]);
    });

    test("two handles see each other's records in one order", async () => {
      const [a, b] = [log.open(), log.open()];
      await a.append([record(0), record(1)]);
      await b.append([record(2)]);
      await a.append([record(3)]);
      expect(await b.read(0)).toEqual(upTo(4));
      expect(await a.read(2)).toEqual([record(2), record(3)]);
    });

    test("concurrent appends are all there, once, each in one piece", async () => {
      const handles = [log.open(), log.open(), log.open()];
      const batches = Array.from({ length: 60 }, (_, k) => [record(3 * k), record(3 * k + 1), record(3 * k + 2)]);
      await Promise.all(batches.map((batch, k) => (handles[k % 3] as Storage).append(batch)));
      const found = await log.open().read(0);
      expect(found.length).toBe(180);
      const firsts = found.filter((_, i) => i % 3 === 0);
      const pieces = firsts.map((first, i) => ({ first, piece: found.slice(3 * i, 3 * i + 3) }));
      for (const batch of batches) {
        expect(pieces.filter((it) => it.piece[0]?.user_attr !== undefined && same(it.piece, batch)).length).toBe(1);
      }
      for (const handle of handles) expect(await handle.read(0)).toEqual(found);
    });

    test("appends of one handle keep the order in which they were called", async () => {
      const storage = log.open();
      await Promise.all(upTo(50).map((it) => storage.append([it])));
      expect(await storage.read(0)).toEqual(upTo(50));
    });

    test("keeps every kind of value", async () => {
      const values: Json[] = [
        null,
        true,
        "",
        "NaN",
        'quotes " and \\ and \n and \u2028 and é✓😀 and \ud800',
        [0, -0, 1, -1.5, 1e-7, 1e21, 5e-324, 1.7976931348623157e308, 9007199254740994],
        [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, "Infinity"],
        { nested: { deeper: [{}, [], [[1]]] }, "": 0, "1": 1, ["__proto__"]: { x: 1 } },
      ];
      const records = values.map((value, k) => record(k, value));
      await log.open().append(records);
      expect(await log.open().read(0)).toEqual(records);
    });

    test("keeps big records among small ones", async () => {
      const records = [record(0), record(1, "é".repeat(300_000)), record(2), record(3, upTo(5000) as Json), record(4)];
      const storage = log.open();
      for (const it of records) await storage.append([it]);
      expect(await storage.read(0)).toEqual(records);
      expect(await log.open().read(2)).toEqual(records.slice(2));
    });

    test("appends at a position only where the log ends there", async () => {
      const [a, b] = [log.open(), log.open()];
      if (a.appendAt === undefined) return;
      expect(await a.appendAt(0, upTo(2))).toEqual(upTo(2));
      expect(await a.appendAt(0, [record(7)])).toBeNull();
      expect(await a.appendAt(3, [record(7)])).toBeNull();
      expect(await a.read(0)).toEqual(upTo(2));
      await b.append([record(2)]);
      expect(await a.appendAt(2, [record(7)])).toBeNull();
      expect(await a.read(2)).toEqual([record(2)]);
      expect(await a.appendAt(3, [record(3)])).toEqual([record(3)]);
      expect(await a.appendAt(4, [])).toEqual([]);
      expect(await log.open().read(0)).toEqual(upTo(4));
      expect(await a.read(1)).toEqual(upTo(4).slice(1));
      await expect(a.appendAt(-1, [record(7)])).rejects.toMatchObject({ code: "invalid-argument" });
    });

    test("of appends at one position at the same time one succeeds", async () => {
      const storage = log.open();
      if (storage.appendAt === undefined) return;
      await storage.append([record(0)]);
      await storage.read(0);
      const tries = await Promise.all([1, 2, 3, 4].map((k) => storage.appendAt?.(1, [record(k)])));
      const done = tries.filter((written) => written !== null);
      expect(done.length).toBe(1);
      expect(await log.open().read(1)).toEqual(done[0]);
    });

    test("what a caller does to a record afterwards does not reach the log", async () => {
      const storage = log.open();
      const list = [1, 2];
      const given = record(0, list);
      const append = storage.append([given]);
      await append;
      list.push(3);
      expect(await storage.read(0)).toEqual([record(0, [1, 2])]);
      const records = (await storage.read(0)) as JournalRecord[];
      records.pop();
      expect((await storage.read(0)).length).toBe(1);
    });
  });
}

function same(a: readonly JournalRecord[], b: readonly JournalRecord[]): boolean {
  return a.every((it, i) => JSON.stringify(it) === JSON.stringify(b[i]));
}
