import { describe, expect, test } from "vitest";
import { choice, float } from "../../src/core/space.ts";
import { createSearches } from "../../src/selection/searches.ts";
import { tableToCsv, tableToJson } from "../../src/selection/table-export.ts";
import { testStudy } from "../support/study.ts";
import { thresholdClassifier } from "../support/threshold-classifier.ts";

const searches = createSearches({ createStudy: testStudy, worker: new URL("file:///none") });
const X = Array.from({ length: 40 }, (_, i) => [i / 40]);
const y = X.map(([x]) => ((x as number) < 0.5 ? "a" : "b"));

// RFC 4180 by the letter, so that what is written is read by other hands.
function parse(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? (plain as string));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

describe("a search's table", () => {
  const lists = { mode: ["throws", "works"], threshold: [0.1, 0.45] };
  const run = () =>
    searches.gridSearch(thresholdClassifier(), lists as never, X, y, {
      cv: 2,
      seed: 1,
      scoring: ["accuracy", "f1Macro"],
      trainScore: true,
    });

  test("as CSV has a column each of what any row has, and reads back to the same numbers", async () => {
    const result = await run();
    const [header, ...rows] = parse(tableToCsv(result));
    const metric = (name: string): string[] =>
      ["mean", "std", "rank", "split0", "split1", "train0", "train1"].map((column) => `${name}.${column}`);
    expect(header).toEqual([
      "number",
      "param.mode",
      "param.threshold",
      ...metric("accuracy"),
      ...metric("f1Macro"),
      "fitSeconds",
      "scoreSeconds",
      "failure",
    ]);
    expect(rows).toHaveLength(4);
    const cell = (i: number, name: string): string => rows[i]?.[header?.indexOf(name) as number] as string;
    result.table.forEach((row, i) => {
      expect(cell(i, "param.threshold")).toBe(String(row.params["threshold"]));
      expect(cell(i, "accuracy.rank")).toBe(String(row.rank));
      const { mean = Number.NaN, splits = [] } = row.metrics["f1Macro"] ?? {};
      expect(cell(i, "f1Macro.mean")).toBe(Number.isNaN(mean) ? "" : String(mean));
      expect([cell(i, "f1Macro.split0"), cell(i, "f1Macro.split1")].map(Number)).toEqual([...splits, 0, 0].slice(0, 2));
    });
    expect(cell(0, "failure")).toBe("RangeError: does not fit");
    expect(cell(3, "failure")).toBe("");
  });

  test("as CSV quotes what needs it", () => {
    const scores = { splits: [1], mean: 1, std: 0, rank: 1 };
    const row = {
      ...scores,
      number: 0,
      params: { a: 'x,"y"\n', b: null, c: -0, d: true },
      metrics: { own: scores },
      fitSeconds: Number.NaN,
      scoreSeconds: 1e-7,
      failure: null,
      errors: [{ fold: 2, message: "Error: a, b" }],
    };
    const csv = tableToCsv({ table: [row], metrics: ["own"] });
    expect(csv).toBe(
      "number,param.a,param.b,param.c,param.d,own.mean,own.std,own.rank,own.split0,fitSeconds,scoreSeconds,failure\r\n" +
        '0,"x,""y""\n",,-0,true,1,0,1,1,,1e-7,"fold 2: Error: a, b"\r\n',
    );
    expect(parse(csv)[1]?.[1]).toBe('x,"y"\n');
  });

  test("as JSON says all of it, without what JSON cannot say", async () => {
    const result = await run();
    const json = tableToJson(result);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json).toMatchObject({ metrics: ["accuracy", "f1Macro"], best: 3 });
    expect(json.rows[0]).toMatchObject({
      mean: null,
      rank: 3,
      failure: { name: "RangeError", message: "does not fit" },
      params: { mode: "throws", threshold: 0.1 },
    });
    expect(json.rows[3]).toEqual({ ...result.table[3] });
  });

  test("of conditional spaces and of halving", async () => {
    const space = { mode: choice({ works: { threshold: float(0, 1) }, throws: {} }) };
    const result = await searches.halvingRandomSearch(thresholdClassifier(), space, X, y, {
      cv: 2,
      seed: 2,
      nCandidates: 6,
      minResources: 10,
    });
    const [header, ...rows] = parse(tableToCsv(result));
    expect(header?.slice(0, 5)).toEqual([
      "number",
      "iteration",
      "resources",
      "param.mode",
      "param.mode.works.threshold",
    ]);
    expect(rows.map((row) => row.slice(0, 3).map(Number))).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((number) => [number, 0, 10]),
      [6, 1, 30],
      [7, 1, 30],
    ]);
    expect(tableToJson(result).rows[7]).toMatchObject({ iteration: 1, resources: 30 });
  });
});
