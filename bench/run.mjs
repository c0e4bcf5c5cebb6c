// Runs every benchmark of this folder and prints one table; each row is a ratio taken in one run.
// Usage: npm run bench [-- name ...]
import { readdirSync } from "node:fs";
import { printRows } from "./timing/print-rows.mjs";

const wanted = process.argv.slice(2);
const names = readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".mjs") && file !== "run.mjs")
  .map((file) => file.replace(".mjs", ""))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .sort();

await printRows(names);
