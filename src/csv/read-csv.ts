import { show, VernierError } from "../core/errors.ts";
import type { Column, Table } from "../core/table.ts";
import { csvFormat } from "./csv-format.ts";
import type { CsvOptions } from "./csv-options.ts";

export interface ReadCsvOptions extends CsvOptions {
  /** Whether the first row has the columns' names (default), which are else "x0", "x1", ... */
  readonly header?: boolean;
  /** What stands for a missing value; default "", "NA", "N/A", "NaN", "nan", "NULL" and "null". */
  readonly missing?: readonly string[];
  /** Columns that stay words though all their cells look like numbers, such as postal codes. */
  readonly words?: readonly string[];
}

const missingByDefault = ["", "NA", "N/A", "NaN", "nan", "NULL", "null"];
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * A table from comma-separated values, as RFC 4180 has them: a column of numbers where every cell that is not
 * missing is a finite decimal number, of booleans where every one is "true" or "false", else of strings. Spaces about
 * numbers do not count, nor do blank lines in a table of more than one column. The text is read at once.
 * Throws `invalid-data` for rows of unequal lengths (naming the row, the first being 1), names that are empty or come
 * twice, a quote that does not end, and a text without rows; `invalid-argument` for options that are not allowed.
 */
export function readCsv(text: string, options: ReadCsvOptions = {}): Table {
  if (typeof text !== "string") throw new VernierError("invalid-data", `"text": expected a string, got ${show(text)}`);
  const format = csvFormat(options);
  if ((text.split('"').length - 1) % 2 !== 0)
    refuse("expected a second quote for every quote", "one that does not end");
  const rows = format.parseRows(text.startsWith("\uFEFF") ? text.slice(1) : text);
  const width = rows[0]?.length ?? 0;
  const names = namesOf(rows[0] ?? [], options.header ?? true);
  const body: string[][] = [];
  rows.forEach((row, i) => {
    if (i === 0 && (options.header ?? true)) return;
    if (row.length === 1 && row[0] === "" && width > 1) return;
    if (row.length !== width) refuse(`expected ${width} cells in row ${i + 1}, as in the first`, String(row.length));
    body.push(row);
  });
  if (body.length === 0) refuse("expected at least one row of cells", "none");
  const words = new Set(options.words);
  for (const name of words)
    if (!names.includes(name)) refuse(`expected a column ${show(name)}`, names.map(show).join(", "));
  const missing = new Set(options.missing ?? missingByDefault);
  return Object.fromEntries(
    names.map((name, j) => {
      const cells = body.map((row) => (missing.has((row[j] as string).trim()) ? null : (row[j] as string)));
      return [name, words.has(name) ? cells : columnOf(cells)] as const;
    }),
  );
}

function columnOf(cells: readonly (string | null)[]): Column {
  const known = cells.filter((cell) => cell !== null).map((cell) => cell.trim());
  if (known.every((cell) => number.test(cell) && Number.isFinite(Number(cell)))) {
    return Float64Array.from(cells, (cell) => (cell === null ? Number.NaN : Number(cell)));
  }
  const flags = known.every((cell) => /^(true|false)$/i.test(cell));
  return flags ? cells.map((cell) => (cell === null ? null : cell.trim().toLowerCase() === "true")) : cells;
}

function namesOf(first: readonly string[], header: boolean): string[] {
  if (!header) return first.map((_, j) => `x${j}`);
  const names = first.map((name) => name.trim());
  const empty = names.indexOf("");
  if (empty >= 0) refuse(`expected a name for column ${empty + 1}`, '""');
  const twice = names.find((name, j) => names.indexOf(name) !== j);
  if (twice !== undefined) refuse("expected different names of columns", `${show(twice)} twice`);
  return names;
}

function refuse(expected: string, got: string): never {
  throw new VernierError("invalid-data", `CSV: ${expected}, got ${got}`);
}
