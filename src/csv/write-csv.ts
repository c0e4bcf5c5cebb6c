import { checkTable, isMissing, type Table } from "../core/table.ts";
import { csvFormat } from "./csv-format.ts";
import type { CsvOptions } from "./csv-options.ts";

/**
 * A table as comma-separated values with a first row of names, which `readCsv` reads back: numbers with as many digits
 * as they need, missing values as empty cells. A string that looks like a number, a boolean or a missing value is
 * not told apart from one.
 * Throws `invalid-data` for what is no table.
 */
export function writeCsv(table: Table, options: CsvOptions = {}): string {
  const rows = checkTable(table, "table");
  const columns = Object.values(table);
  const body = Array.from({ length: rows }, (_, i) => {
    return columns.map((column) => (isMissing(column[i]) ? "" : String(column[i])));
  });
  return `${csvFormat(options).formatRows([Object.keys(table), ...body])}\n`;
}
