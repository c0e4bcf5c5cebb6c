// vernier/csv: needs the optional peer dependency d3-dsv.

export type { CsvOptions } from "./csv-options.ts";
export { readCsv, type ReadCsvOptions } from "./read-csv.ts";
export { writeCsv } from "./write-csv.ts";
