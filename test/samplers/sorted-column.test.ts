import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sortedColumn } from "../../src/samplers/sorted-column.ts";

test("rows come in ascending order of their numbers, whenever one looks", () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Number.NaN, -0, 1e300, -Infinity));
  const property = fc.property(fc.array(fc.tuple(value, fc.boolean()), { maxLength: 200 }), (pushes) => {
    const column = sortedColumn();
    const values: number[] = [];
    for (const [value, look] of pushes) {
      column.push(value);
      values.push(value);
      if (!look) continue;
      const rows = values.map((_, row) => row).filter((row) => !Number.isNaN(values[row]));
      rows.sort((a, b) => Math.sign(values[a]! - values[b]!) || a - b);
      expect([...column.ascending()]).toEqual(rows);
      expect([...column.values()]).toEqual(values);
      expect(column.length).toBe(values.length);
    }
  });
  fc.assert(property);
});
