import { readFileSync } from "node:fs";
import { expectOneOf, show, VernierError } from "../core/errors.ts";
import { type Features, isNumeric, type Table } from "../core/table.ts";
import { breastCancer } from "../datasets/breast-cancer.ts";
import { digits } from "../datasets/digits.ts";
import { iris } from "../datasets/iris.ts";
import type { TargetsLike } from "../selection/targets.ts";

const builtIn = { "breast-cancer": breastCancer, digits, iris };

/** What a command is to learn from, and what. */
export interface Samples {
  readonly X: Features;
  readonly y: TargetsLike;
}

/** A built-in table, or a file of comma-separated values whose column `target` (default: its last) is to be predicted. */
export async function openTable(name: string, target: string | undefined): Promise<Samples> {
  if (Object.hasOwn(builtIn, name)) {
    if (target === undefined) return builtIn[name as keyof typeof builtIn]();
    throw new VernierError("invalid-argument", `--target: expected none with the table ${name}, got ${show(target)}`);
  }
  const table = await readTable(name);
  const column = expectOneOf("--target", target ?? (Object.keys(table).at(-1) as string), Object.keys(table));
  const { [column]: y, ...X } = table;
  if (Object.keys(X).length === 0) {
    throw new VernierError("invalid-data", `${name}: expected a column beside ${show(column)} to learn from, got none`);
  }
  if (isNumeric(y as Table[string])) return { X, y: y as TargetsLike };
  return { X, y: Array.from(y as ArrayLike<unknown>, String) };
}

async function readTable(path: string): Promise<Table> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    const expected = `${Object.keys(builtIn).sort().join(", ")} or a CSV file that can be read`;
    throw new VernierError("invalid-argument", `table: expected ${expected}, got ${show(path)} (${cause})`, { cause });
  }
  const { readCsv } = await import("../csv/index.ts").catch((cause: unknown) => {
    const message = `CSV files: expected the package d3-dsv to be installed (npm install d3-dsv), got: ${cause}`;
    throw new VernierError("unsupported", message, { cause });
  });
  return readCsv(text);
}
