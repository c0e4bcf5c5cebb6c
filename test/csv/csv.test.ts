import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv, writeCsv } from "../../src/csv/index.ts";

describe("readCsv", () => {
  test("tells numbers, words, booleans and missing values apart", () => {
    const text =
      '\uFEFFage,city,income,open\r\n31,"Oslo, north",1e3,true\r\n,"say ""hi""",-.5,FALSE\r\n 44 ,NA,+2.,\r\n';
    expect(readCsv(text)).toEqual({
      age: Float64Array.of(31, Number.NaN, 44),
      city: ["Oslo, north", 'say "hi"', null],
      income: Float64Array.of(1000, -0.5, 2),
      open: [true, false, null],
    });
  });

  test("takes other delimiters, missing values and no names", () => {
    expect(readCsv("1;?\n2;b\n", { delimiter: ";", header: false, missing: ["?"] })).toEqual({
      x0: Float64Array.of(1, 2),
      x1: [null, "b"],
    });
    expect(readCsv("a\n\n1\n").a).toEqual(Float64Array.of(Number.NaN, 1));
    expect(readCsv("a,b\n\n1,2\n\n").a).toEqual(Float64Array.of(1));
  });

  test("keeps as words what is asked for, and what only looks like a number", () => {
    expect(readCsv("zip,n\n01234,0x10\n98765,Infinity\n", { words: ["zip"] })).toEqual({
      zip: ["01234", "98765"],
      n: ["0x10", "Infinity"],
    });
    expect(readCsv("n\n1e999\n").n).toEqual(["1e999"]);
  });

  test.each<[string, string, object, string]>([
    ["no text", 7 as never, {}, '"text": expected a string, got 7'],
    ["nothing", "", {}, "CSV: expected at least one row of cells, got none"],
    ["names alone", "a,b\n", {}, "CSV: expected at least one row of cells, got none"],
    ["a short row", "a,b\n1,2\n3\n", {}, "CSV: expected 2 cells in row 3, as in the first, got 1"],
    ["equal names", "a, a\n1,2\n", {}, 'CSV: expected different names of columns, got "a" twice'],
    ["no name", "a,\n1,2\n", {}, 'CSV: expected a name for column 2, got ""'],
    ["an open quote", 'a\n"1\n2\n', {}, "CSV: expected a second quote for every quote"],
    ["an unknown column", "a\n1\n", { words: ["b"] }, 'CSV: expected a column "b", got "a"'],
    ["a long delimiter", "a\n1\n", { delimiter: "::" }, '"delimiter": expected one character'],
  ])("refuses %s", (_, text, options, message) => {
    expect(() => readCsv(text, options)).toThrow(message);
  });
});

describe("writeCsv", () => {
  test("quotes what needs it", () => {
    expect(writeCsv({ a: [1.5, null], 'b "c"': ["x,y", "line\nend"] })).toBe('a,"b ""c"""\n1.5,"x,y"\n,"line\nend"\n');
    expect(writeCsv({ a: Float64Array.of(0.1, Number.NaN) }, { delimiter: "\t" })).toBe("a\n0.1\n\n");
    expect(() => writeCsv({ a: [1], b: [] })).toThrow('"table": expected 1 rows in column "b", got 0');
  });

  test("writes what readCsv reads back, number by number", () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
    const word = fc.string({ minLength: 1 }).map((text) => `w${text.replaceAll("\r", "")}`);
    const rows = fc.array(fc.tuple(fc.option(finite), fc.option(word), fc.option(fc.boolean())), { minLength: 1 });
    fc.assert(
      fc.property(rows, (cells) => {
        const table = {
          n: Float64Array.from(cells, ([n]) => n ?? Number.NaN),
          // A word and a flag at least, by which the kinds are told.
          w: ["word", ...cells.slice(1).map(([, w]) => w)],
          b: [true, ...cells.slice(1).map(([, , b]) => b)],
        };
        expect(readCsv(writeCsv(table))).toEqual(table);
      }),
    );
  });
});
