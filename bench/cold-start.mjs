// What importing the package, createStudy and the first ask add to a start of Node: whole processes, each paired with one
// that runs an empty module. Run after a build: node bench/cold-start.mjs
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { median } from "./timing/medians.mjs";

const PAIRS = 31;
const TARGET = 15;

function milliseconds(file) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - start;
}

/** Rows {name, ratio, unit, note}: medians over pairs of processes. */
export function run() {
  const folder = mkdtempSync(join(tmpdir(), "vernier-cold-"));
  const program = (name, text) => {
    const file = join(folder, `${name}.mjs`);
    writeFileSync(file, text);
    return file;
  };
  const study = (from) => `
    import { createStudy, float } from ${JSON.stringify(new URL(`../build/${from}`, import.meta.url).href)};
    const study = await createStudy({ space: { x: float(0, 1) } });
    await study.ask();`;
  try {
    const empty = program("empty", "");
    return Object.entries({ "joined files": "node/index.js", "single modules": "js/index.js" }).map(([name, from]) => {
      const file = program(name.replace(" ", "-"), study(from));
      const pairs = Array.from({ length: PAIRS }, () => [milliseconds(empty), milliseconds(file)]);
      const added = median(pairs.map(([bare, whole]) => whole - bare));
      const start = median(pairs.map(([bare]) => bare));
      const note = `Node alone ${start.toFixed(1)} ms; target ${TARGET} ms${added > TARGET ? ", over" : ""}`;
      return { name: `first ask of a study, ${name}`, ratio: added, unit: "ms", note };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { name, ratio, unit, note } of run()) console.log(`${name}: ${ratio.toFixed(1)} ${unit} (${note})`);
}
