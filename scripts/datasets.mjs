// Writes src/datasets/*.data.ts from data/*.csv, in the compact form that src/datasets/decode.ts reads.
//
// Column j holds decimals with at most d_j places: the whole numbers x 10^d_j, in base 78 at a fixed width w_j.
// Dividing a whole number by a power of ten is correctly rounded, as reading the decimal is, so that every
// number comes back bit for bit; this is checked here before anything is written.
import { readFileSync, writeFileSync } from "node:fs";

const FIRST = 48; // "0": from here to "~", without the backslash, nothing ends a string or opens a comment
const BASE = 78;

const digit = (value) => String.fromCharCode(FIRST + value + (FIRST + value >= 92 ? 1 : 0));

function encode(value, width) {
  let text = "";
  let rest = value;
  for (let i = 0; i < width; i++) {
    text = digit(rest % BASE) + text;
    rest = Math.floor(rest / BASE);
  }
  if (rest !== 0) throw new Error(`${value} does not fit in ${width} digits`);
  return text;
}

for (const [csv, file] of [
  ["iris", "iris"],
  ["digits", "digits"],
  ["breast_cancer", "breast-cancer"],
]) {
  const [header, ...rows] = readFileSync(`data/${csv}.csv`, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const features = header.slice(0, -1);
  const targets = [...new Set(rows.map((row) => row.at(-1)))].sort();
  const decimals = features.map((_, j) => Math.max(...rows.map((row) => row[j].split(".")[1]?.length ?? 0)));
  const whole = rows.map((row) => features.map((_, j) => Math.round(Number(row[j]) * 10 ** decimals[j])));
  whole.forEach((row, i) => {
    row.forEach((value, j) => {
      if (value / 10 ** decimals[j] !== Number(rows[i][j])) throw new Error(`${csv}: row ${i}, column ${j}`);
    });
  });
  const widths = features.map((_, j) => {
    const largest = Math.max(...whole.map((row) => row[j]));
    let width = 1;
    while (BASE ** width <= largest) width++;
    return width;
  });
  const text = whole.map((row) => row.map((value, j) => encode(value, widths[j])).join("")).join("");
  const labels = rows.map((row) => encode(targets.indexOf(row.at(-1)), 1)).join("");
  const numeric = targets.every((target) => String(Number(target)) === target);
  const type = numeric ? "number" : "string";
  writeFileSync(
    `src/datasets/${file}.data.ts`,
    `// Written by scripts/datasets.mjs from data/${csv}.csv; source and license in data/README.md.
import type { EncodedTable } from "./decode.ts";

export const encoded: EncodedTable<${type}> = {
  features: ${JSON.stringify(features)},
  targets: ${JSON.stringify(numeric ? targets.map(Number) : targets)},
  decimals: ${JSON.stringify(decimals)},
  widths: ${JSON.stringify(widths)},
  rows: ${JSON.stringify(text)},
  labels: ${JSON.stringify(labels)},
};
`,
  );
}
