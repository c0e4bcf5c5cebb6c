import { existsSync } from "node:fs";

/** Runs the named benchmarks of bench/ that are there and have rows, and prints these. */
export async function printRows(names) {
  for (const name of names) {
    const file = new URL(`../${name}.mjs`, import.meta.url);
    if (!existsSync(file)) continue;
    const { run } = await import(file);
    if (typeof run !== "function") continue;
    console.log(`\n${name}`);
    for (const { name, ratio, unit, note } of await run()) {
      const figure = typeof ratio === "number" ? ratio.toPrecision(3) : ratio;
      console.log(`  ${name.padEnd(52)} ${String(figure).padStart(9)} ${unit ?? ""}${note ? `  (${note})` : ""}`);
    }
  }
}
