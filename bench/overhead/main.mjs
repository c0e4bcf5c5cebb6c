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
const rows = [];
console.log(`${"".padEnd(40)}${"figure".padStart(10)}${"target".padStart(9)}${"yardsticks".padStart(12)}`);
for (const name of values.only.split(",")) {
  if (parts[name] === undefined)
    throw new Error(`--only: expected some of ${Object.keys(parts).join(", ")}, got ${name}`);
  for (const row of await parts[name]()) {
    rows.push(row);
    const figure = row.value ?? row.milliseconds;
    const verdict = row.target === undefined || figure <= row.target ? "" : "  over";
    const cells = [
      row.name.padEnd(40),
      `${figure.toPrecision(3)}`.padStart(10),
      `${row.target ?? ""}`.padStart(9),
      (row.ratio?.toPrecision(3) ?? "").padStart(12),
    ];
    console.log(`${cells.join("")}${verdict}${row.note ? `  (${row.note})` : ""}`);
  }
}
writeFileSync(values.out, `${JSON.stringify(rows)}\n`);
console.log(`\nwritten to ${values.out}`);
