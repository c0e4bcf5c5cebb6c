import type { Json } from "../core/json.ts";
import type { HalvingRow } from "./halving-search.ts";
import type { SearchResult, SearchRow } from "./search-result.ts";

type AnyRow = SearchRow & Partial<Pick<HalvingRow, "iteration" | "resources">>;

/**
 * The table of a search as CSV (RFC 4180, with a header): a row a candidate; the trial's number, of halving its
 * iteration and resources, `param.` and each setting, then of each metric under its name mean, std, rank and the
 * splits, at last seconds and what went wrong. What is unknown or does not apply is empty. Numbers are written in
 * full, so that reading them back gives the same ones.
 */
export function tableToCsv({ table, metrics }: Pick<SearchResult, "table" | "metrics">): string {
  const rows = table.map((row) => cellsOf(row, metrics));
  const columns = columnsOf(rows);
  const lines = [columns.map(quoted), ...rows.map((row) => columns.map((column) => quoted(row.get(column))))];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

/** The table of a search as plain data for JSON: the metrics' names, the deciding first, the best's number, the rows. */
export function tableToJson({ table, metrics, best }: Pick<SearchResult, "table" | "metrics" | "best">): {
  readonly metrics: readonly string[];
  readonly best: number;
  readonly rows: readonly Json[];
} {
  return { metrics: [...metrics], best: best.number, rows: table.map(plainRow) };
}

// Stacks differ from machine to machine.
function plainRow({ failure, ...row }: SearchRow): Json {
  const why = failure === null ? null : { name: failure.name, message: failure.message };
  return withoutNaN({ ...row, failure: why }) as Json;
}

type Cells = ReadonlyMap<string, unknown>;

function cellsOf(row: AnyRow, metrics: readonly string[]): Cells {
  const cells = new Map<string, unknown>([["number", row.number]]);
  if (row.iteration !== undefined) cells.set("iteration", row.iteration).set("resources", row.resources);
  for (const [name, value] of Object.entries(row.params)) cells.set(`param.${name}`, value);
  for (const metric of metrics) {
    const { mean, std, rank, splits, trainSplits = [] } = row.metrics[metric] as SearchRow["metrics"][string];
    cells.set(`${metric}.mean`, mean).set(`${metric}.std`, std).set(`${metric}.rank`, rank);
    splits.forEach((score, k) => cells.set(`${metric}.split${k}`, score));
    trainSplits.forEach((score, k) => cells.set(`${metric}.train${k}`, score));
  }
  cells.set("fitSeconds", row.fitSeconds).set("scoreSeconds", row.scoreSeconds);
  const { failure, errors } = row;
  const wrong =
    failure === null
      ? errors.map(({ fold, message }) => `fold ${fold}: ${message}`)
      : [`${failure.name}: ${failure.message}`];
  return cells.set("failure", wrong.join("; "));
}

// The columns of all rows: a row that has more than those before puts its own after the one that precedes it there.
function columnsOf(rows: readonly Cells[]): string[] {
  const columns: string[] = [];
  for (const row of rows) {
    let last = -1;
    for (const name of row.keys()) {
      const known = columns.indexOf(name);
      if (known < 0) columns.splice(last + 1, 0, name);
      last = known < 0 ? last + 1 : known;
    }
  }
  return columns;
}

function quoted(value: unknown): string {
  if (value === undefined || value === null || Number.isNaN(value)) return "";
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function withoutNaN(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNaN);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutNaN(inner)]));
  }
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}
