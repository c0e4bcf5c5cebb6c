// What a request costs that continues a study of 200 trials, ten parameters, from its log: replay, createStudy, ask and
// tell, in an isolate that has just loaded the module and in one that has served before.
// Run after a build: node bench/edge.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createStudy, float, memory, random } from "../build/js/index.js";
import { median } from "./timing/medians.mjs";

const SAMPLERS = ["random", "qmc", "tpe", "gp"];
const ROUNDS = 9;
// Gaussian processes take a third of a second each time: their own ask, not the replay's.
const GP_ROUNDS = 3;
const isolate = fileURLToPath(new URL("edge/isolate.mjs", import.meta.url));

async function writeLog(file) {
  const storage = memory();
  const space = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`x${i}`, float(0, 1)]));
  const study = await createStudy({ name: "bench", space, seed: 1, sampler: random(), storage });
  const bowl = (params) => Object.values(params).reduce((sum, x) => sum + (x - 0.3) ** 2, 0);
  await study.optimize(bowl, { trials: 200 });
  writeFileSync(file, JSON.stringify(await storage.read(0)));
}

/** Rows {name, ratio, unit, note}: milliseconds, medians over fresh processes that took turns. */
export async function run() {
  const folder = mkdtempSync(join(tmpdir(), "vernier-bench-"));
  const seen = new Map(SAMPLERS.map((sampler) => [sampler, []]));
  try {
    const file = join(folder, "log.json");
    await writeLog(file);
    for (let round = 0; round < ROUNDS; round++) {
      for (const sampler of SAMPLERS) {
        if (sampler === "gp" && round >= GP_ROUNDS) continue;
        seen
          .get(sampler)
          .push(JSON.parse(execFileSync(process.execPath, [isolate, file, sampler], { encoding: "utf8" })));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const rows = [];
  for (const [sampler, runs] of seen) {
    for (const state of ["cold", "warm"]) {
      const of = (part) => median(runs.map((run) => run[state][part])).toPrecision(2);
      const least = Math.min(...runs.map((run) => run[state].sum)).toPrecision(2);
      const load =
        state === "cold" ? `; the module loads in ${median(runs.map((run) => run.load)).toPrecision(3)}` : "";
      const note = `create ${of("create")}, ask ${of("ask")}, tell ${of("tell")}; least ${least}${load}`;
      rows.push({ name: `request on 200 trials, ${sampler}, ${state}`, ratio: Number(of("sum")), unit: "ms", note });
    }
  }
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) console.table(await run());
