import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Distribution, ParamValue } from "../../src/core/distribution.ts";
import type { Json } from "../../src/core/json.ts";
import { type JournalRecord, Op } from "../../src/core/record.ts";
import { decodeDistribution, encodeDistribution } from "../../src/storages/distribution-json.ts";
import { decodeLines, encodeRecord } from "../../src/storages/journal-codec.ts";
import { addTrial, setParam } from "../../src/storages/operations.ts";
import { parseJson, pythonFloat, spaced, writeJson } from "../../src/storages/python-json.ts";

const place = { file: "study.log", line: 1 };
const decode = (text: string): JournalRecord[] => decodeLines(text, place);
const roundTrip = (record: JournalRecord): JournalRecord => decode(`${encodeRecord(record)}\n`)[0] as JournalRecord;

const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1e21, 1e16, 1e-5, 5e-324),
);
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("NaN", "Infinity", "-Infinity", 'a "NaN" b', "\\", '\\"', "__proto__", "n", "s", "\ud800", "\u007f"),
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    number,
    text,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(text, tie("json"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

describe("JSON in Python's dialect", () => {
  test("any value comes back", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(parseJson(writeJson(value))).toEqual(value);
        expect(parseJson(writeJson(value, spaced))).toEqual(value);
      }),
      { numRuns: 1000 },
    );
  });

  test("is one line of ASCII", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(writeJson(value)).toMatch(/^[ -~]*$/);
      }),
    );
  });

  test("is JSON where JSON will do", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(writeJson(value as Json))).toEqual(value);
        expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  // As Python's repr prints them.
  test.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [1, "1.0"],
    [-12, "-12.0"],
    [0.1, "0.1"],
    [1e-4, "0.0001"],
    [1e-5, "1e-05"],
    [1.25e-5, "1.25e-05"],
    [1e-7, "1e-07"],
    [-3.5e-10, "-3.5e-10"],
    [5e-324, "5e-324"],
    [123456789.125, "123456789.125"],
    [1e15, "1000000000000000.0"],
    [9007199254740992, "9007199254740992.0"],
    [1e16, "1e+16"],
    [12345678901234567000, "1.2345678901234567e+19"],
    [1e21, "1e+21"],
    [1.7976931348623157e308, "1.7976931348623157e+308"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
  ])("the float %s is %s", (value, expected) => {
    expect(pythonFloat(value)).toBe(expected);
  });

  test("every float reads back as itself", () => {
    fc.assert(
      fc.property(fc.double(), (x) => {
        expect(parseJson(pythonFloat(x))).toBe(x);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    "nan",
    "[NaN",
    "Infinit",
    "-NaN",
    "NaNaN",
    "1 Infinity",
    "{NaN: 1}",
    "",
    "[Infinity,]",
    "'NaN'",
    "1Infinity",
    "Infinity1",
    '["a"NaN]',
    '{"a": 1, NaN: 2}',
  ])("refuses %s", (wrong) => {
    expect(() => parseJson(wrong)).toThrow(SyntaxError);
  });

  test("tokens inside strings and keys stay", () => {
    const value = parseJson('{"NaN": ["NaN", NaN, "\\"NaN\\"", "Infinity"], "-Infinity": -Infinity, "s": Infinity}');
    expect(value).toEqual({
      NaN: ["NaN", Number.NaN, '"NaN"', "Infinity"],
      "-Infinity": Number.NEGATIVE_INFINITY,
      s: Number.POSITIVE_INFINITY,
    });
  });
});

describe("journal records", () => {
  test("any attribute comes back", () => {
    fc.assert(
      fc.property(json, text, (value, key) => {
        const record = { op_code: 8, worker_id: "w", trial_id: 3, user_attr: { [key]: value } };
        expect(roundTrip(record)).toEqual(record);
      }),
    );
  });

  test("values, reports and internal values are written as floats, indices and steps as ints", () => {
    const base = { worker_id: "w", trial_id: 0 };
    const line = (record: object): string => encodeRecord({ op_code: 0, ...base, ...record });
    expect(line({ op_code: 6, state: 1, values: [1, -0, 2.5, Number.POSITIVE_INFINITY] })).toBe(
      '{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[1.0,-0.0,2.5,Infinity]}',
    );
    expect(line({ op_code: 6, state: 0, values: null })).toContain('"values":null');
    expect(line({ op_code: 7, step: 3, intermediate_value: 4 })).toContain('"step":3,"intermediate_value":4.0');
    expect(line({ op_code: 8, user_attr: { values: [1] } })).toContain('{"values":[1]}');
    const float: Distribution = { type: "float", low: 0, high: 2, log: false, step: null };
    const int: Distribution = { type: "int", low: 0, high: 2, log: false, step: 1 };
    const choice: Distribution = { type: "categorical", choices: ["a", "b"] };
    const param = (distribution: Distribution): string => encodeRecord(setParam("w", 0, "x", distribution, 1));
    expect(param(float)).toContain('"param_value_internal":1.0,');
    expect(param(int)).toContain('"param_value_internal":1.0,');
    expect(param(choice)).toContain('"param_value_internal":1,');
    const template = addTrial("w", 0, {
      state: "complete",
      distributions: { x: float, n: int, k: choice },
      internal: { x: 1, n: 2, k: 1 },
      values: [3],
      intermediate: [[0, 5]],
      userAttrs: { one: 1 },
      systemAttrs: {},
      startedAt: "2026-11-23T19:41:37Z",
      completedAt: "2026-11-23T19:41:38.5Z",
    });
    const written = encodeRecord(template);
    expect(written).toContain('"params":{"x":1.0,"n":2.0,"k":1}');
    expect(written).toContain('"value":3.0,"values":null');
    expect(written).toContain('"intermediate_values":{"0":5.0}');
    expect(written).toContain('"user_attrs":{"one":1}');
    expect(written).toContain('"datetime_start":"2026-11-23T19:41:37+00:00"');
    expect(written).toContain('"datetime_complete":"2026-11-23T19:41:38.500000+00:00"');
    expect(roundTrip(template)).toEqual(template);
  });

  test("come one a line, with either line end, the unfinished last one left out", () => {
    const [a, b] = [0, 1].map((k) => encodeRecord({ op_code: k, worker_id: "w" })) as [string, string];
    expect(decode("")).toEqual([]);
    expect(decode(a)).toEqual([]);
    expect(decode(`${a}\n${b}`).map((it) => it.op_code)).toEqual([0]);
    expect(decode(`${a}\r\n${b}\r\n`).map((it) => it.op_code)).toEqual([0, 1]);
  });

  test("what is none is refused by file and line", () => {
    const good = encodeRecord({ op_code: 0, worker_id: "w" });
    expect(() => decodeLines(`${good}\n${good}\n{"op_code":\n`, { file: "a.log", line: 40 })).toThrow(
      expect.objectContaining({
        code: "storage-corrupt",
        message: '"a.log", line 42: expected a journal record (JSON with op_code and worker_id), got "{\\"op_code\\":"',
      }),
    );
  });

  test("of op codes from later versions are records", () => {
    const record = { op_code: Op.trialSystemAttr + 90, worker_id: "w", anything: [1] };
    expect(roundTrip(record)).toEqual(record);
  });
});

describe("distributions", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  const distribution: fc.Arbitrary<Distribution> = fc.oneof(
    fc.record({
      type: fc.constant("float" as const),
      low: finite,
      high: finite,
      log: fc.boolean(),
      step: fc.option(finite),
    }),
    fc.record({
      type: fc.constant("int" as const),
      low: fc.maxSafeInteger(),
      high: fc.maxSafeInteger(),
      log: fc.boolean(),
      step: fc.maxSafeNat(),
    }),
    fc.record({
      type: fc.constant("categorical" as const),
      choices: fc.array(fc.oneof(number, text, fc.boolean(), fc.constant(null)) as fc.Arbitrary<ParamValue>),
    }),
  );

  test("any comes back", () => {
    fc.assert(
      fc.property(distribution, (it) => {
        const expected = it.type === "int" ? { ...it, low: it.low + 0, high: it.high + 0 } : it;
        expect(decodeDistribution(encodeDistribution(it))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    [
      '{"name": "FloatDistribution", "attributes": {"step": null, "low": 1e-05, "high": 1.0, "log": true}}',
      { type: "float", low: 1e-5, high: 1, log: true, step: null },
    ],
    [
      '{"name": "FloatDistribution", "attributes": {"step": 0.25, "low": -1.0, "high": 1.0, "log": false}}',
      { type: "float", low: -1, high: 1, log: false, step: 0.25 },
    ],
    [
      '{"name": "IntDistribution", "attributes": {"log": false, "step": 2, "low": 1, "high": 9}}',
      { type: "int", low: 1, high: 9, log: false, step: 2 },
    ],
    [
      '{"name": "CategoricalDistribution", "attributes": {"choices": ["a", null, true, 1.5, 2, "\\u00e9"]}}',
      { type: "categorical", choices: ["a", null, true, 1.5, 2, "é"] },
    ],
  ] as const)("%s both ways", (text, expected) => {
    expect(decodeDistribution(text)).toEqual(expected);
    expect(encodeDistribution(expected)).toBe(text);
  });

  test("a choice that is a list or an object is known by its text", () => {
    const text = '{"name": "CategoricalDistribution", "attributes": {"choices": [[1, 2.5], {"a": NaN}, "x"]}}';
    expect(decodeDistribution(text)).toEqual({ type: "categorical", choices: ["[1, 2.5]", '{"a": NaN}', "x"] });
  });

  test.each([
    "",
    "null",
    "[]",
    "{}",
    '{"name": "FloatDistribution"}',
    '{"name": "FloatDistribution", "attributes": {"low": 0}}',
    '{"name": "FloatDistribution", "attributes": {"low": "0", "high": 1}}',
    '{"name": "CategoricalDistribution", "attributes": {"choices": 3}}',
    '{"name": "NormalDistribution", "attributes": {"low": 0, "high": 1}}',
  ])("refuses %s", (text) => {
    expect(() => decodeDistribution(text)).toThrow(
      expect.objectContaining({ code: "storage-corrupt", message: expect.stringContaining("distribution: expected") }),
    );
  });
});
