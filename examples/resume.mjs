// A study in a journal file is continued by its name, and Optuna's tools can read the file.
// Usage: node examples/resume.mjs [file]
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStudy, float } from "vernier";
import { journalFile } from "vernier/storage/journal";

const file = process.argv[2] ?? join(mkdtempSync(join(tmpdir(), "vernier-")), "study.log");
const open = () => createStudy({ name: "resumed", space: { x: float(-10, 10) }, seed: 11, storage: journalFile(file) });

const first = await open();
await first.optimize(({ x }) => (x - 2) ** 2, { totalTrials: 10 });
const second = await open();
await second.optimize(({ x }) => (x - 2) ** 2, { totalTrials: 25 });
console.log(`${second.trials.length} trials in ${file}, best ${second.best.value.toFixed(4)}`);
