import { dsvFormat, type DSV } from "d3-dsv";
import { show, VernierError } from "../core/errors.ts";
import type { CsvOptions } from "./csv-options.ts";

/** The format with the delimiter asked for. */
export function csvFormat({ delimiter = "," }: CsvOptions): DSV {
  if (typeof delimiter === "string" && delimiter.length === 1 && !'"\r\n'.includes(delimiter)) {
    return dsvFormat(delimiter);
  }
  throw new VernierError(
    "invalid-argument",
    `"delimiter": expected one character other than a quote or line end, got ${show(delimiter)}`,
  );
}
