// What the engine adds to a trial, ten parameters: time by sampler, memory, journal. Times stand beside a yardstick of
// plain JavaScript that took turns with them; where a figure misses its target, "over" says so.
// Usage: npm run bench:overhead -- [--only ask,optimize,memory,journal] [--out build/overhead.json]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { journalRows } from "./journal.mjs";
import { memoryRows } from "./memory.mjs";
import { askRows, optimizeRows } from "./trials.mjs";

const parts = { ask: askRows, optimize: optimizeRows, memory: memoryRows, journal: journalRows };

const { values } = parseArgs({
  options: {
    only: { type: "string", default: Object.keys(parts).join(",") },
    out: { type: "string", default: "build/overhead.json" },
  },
});
const figure = (value) => (value === undefined ? "" : value.toPrecision(3));
const line = (name, cells) => name.padEnd(42) + cells.map((cell) => cell.padStart(10)).join("");

const rows = [];
console.log(line("", ["figure", "target", "elapsed", "spent", "yardsticks"]));
for (const name of values.only.split(",")) {
  if (parts[name] === undefined) {
    throw new Error(`--only: expected some of ${Object.keys(parts).join(", ")}, got ${name}`);
  }
  for (const row of await parts[name]()) {
    rows.push(row);
    const value = row.value ?? row.milliseconds;
    const verdict = row.target === undefined || value <= row.target ? "" : "  over";
    const cells = [figure(value), `${row.target ?? ""}`, figure(row.elapsed), figure(row.spent), figure(row.ratio)];
    console.log(`${line(row.name, cells)}${verdict}${row.note ? `  (${row.note})` : ""}`);
  }
}
writeFileSync(values.out, `${JSON.stringify(rows)}\n`);
console.log(`\nwritten to ${values.out}`);
