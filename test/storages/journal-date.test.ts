import fc from "fast-check";
import { expect, test } from "vitest";
import { readDate, writeDate } from "../../src/storages/journal-date.ts";

test.each([
  ["2026-11-23T19:41:37.780041+00:00", "2026-11-23T19:41:37.780041Z"],
  ["2026-11-23T19:41:37.780041", "2026-11-23T19:41:37.780041Z"],
  ["2026-11-23T19:41:37", "2026-11-23T19:41:37Z"],
  ["2026-11-23 19:41:37.78Z", "2026-11-23T19:41:37.78Z"],
  ["2026-12-31T23:30:00.000001-05:30", "2027-01-01T05:00:00.000001Z"],
  ["2024-03-01T00:59:59+01:00", "2024-02-29T23:59:59Z"],
  ["2023-03-01T00:59:59+01:00", "2023-02-28T23:59:59Z"],
])("%s is read as %s", (text, expected) => {
  expect(readDate(text)).toBe(expected);
});

test.each([
  ["2026-11-23T19:41:37.780Z", "2026-11-23T19:41:37.780000+00:00"],
  ["2026-11-23T19:41:37.1234567Z", "2026-11-23T19:41:37.123456+00:00"],
  ["2026-11-23T19:41:37Z", "2026-11-23T19:41:37+00:00"],
  ["2026-11-23T19:41:37+02:00", "2026-11-23T17:41:37+00:00"],
])("%s is written as %s", (iso, expected) => {
  expect(writeDate(iso)).toBe(expected);
});

test("offsets are those of Date", () => {
  const years = { min: new Date("1900-01-02T00:00:00Z"), max: new Date("2399-12-30T00:00:00Z"), noInvalidDate: true };
  fc.assert(
    fc.property(fc.date(years), fc.integer({ min: -23, max: 23 }), fc.integer({ min: 0, max: 59 }), (date, h, m) => {
      const offset = `${h < 0 ? "-" : "+"}${String(Math.abs(h)).padStart(2, "0")}:${String(m).padStart(2, "0")}`;
      const text = date.toISOString().replace("Z", offset);
      expect(readDate(text)).toBe(new Date(text).toISOString());
    }),
    { numRuns: 2000 },
  );
});

test.each(["", "yesterday", "2026-11-23", "2026-11-23T19:41", "2026-11-23T19:41:37+0"])("refuses %j", (text) => {
  expect(() => readDate(text)).toThrow(expect.objectContaining({ code: "storage-corrupt" }));
});
