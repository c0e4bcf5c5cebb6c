// Runs every benchmark of this folder and prints one table; each row is a ratio taken in one run.
// Usage: npm run bench [-- name ...]
import { readdirSync } from "node:fs";

const wanted = process.argv.slice(2);
const files = readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".mjs") && file !== "run.mjs")
  .filter((file) => wanted.length === 0 || wanted.includes(file.replace(".mjs", "")))
  .sort();

for (const file of files) {
  const { run } = await import(new URL(file, import.meta.url));
  if (typeof run !== "function") continue;
  console.log(`\n${file.replace(".mjs", "")}`);
  for (const { name, ratio, unit, note } of await run()) {
    const figure = typeof ratio === "number" ? ratio.toPrecision(3) : ratio;
    console.log(`  ${name.padEnd(52)} ${String(figure).padStart(9)} ${unit ?? ""}${note ? `  (${note})` : ""}`);
  }
}
