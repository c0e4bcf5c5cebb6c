// Median simple regret of the samplers on the benchmark objectives after 50 and 100 evaluations, beside that of
// Optuna 5's TPE. Takes a minute.
// Run after a build: node bench/regret.mjs [--seeds 200] [--out build/regret.json]
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { random } from "../build/js/samplers/random.js";
import { tpe } from "../build/js/samplers/tpe.js";
import { defaultCore } from "../build/js/wasm/default-core.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The tests' objectives and regret traces, which are TypeScript. */
async function measures() {
  const contents = 'export * from "./test/support/objectives.ts"; export * from "./test/support/regret.ts";';
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: "esm",
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/** [first quartile, median, third quartile] by objective, sampler and evaluations. */
export async function regrets(seeds) {
  const { objectives, regretTrace, quartiles } = await measures();
  const core = defaultCore();
  const samplers = { random: () => random(), tpe: () => tpe(), "tpe, grouped": () => tpe({ group: true }) };
  const reference = JSON.parse(readFileSync(new URL("../test/vectors/regret.json", import.meta.url), "utf8"));
  const rows = [];
  for (const [objective, definition] of Object.entries(objectives)) {
    for (const [name, make] of Object.entries(samplers)) {
      if (name === "tpe, grouped" && objective !== "conditional") continue;
      const traces = Array.from({ length: seeds }, (_, seed) => regretTrace(core, make(), definition, seed, 100));
      for (const evaluations of [50, 100]) {
        const optuna = reference.find(
          (row) =>
            row.objective === objective &&
            row.evaluations === evaluations &&
            row.sampler === (name === "tpe, grouped" ? "group" : "default"),
        );
        rows.push({
          objective,
          sampler: name,
          evaluations,
          seeds,
          quartiles: quartiles(traces.map((trace) => trace[evaluations - 1])),
          optunaTpe: { seeds20: optuna.quartiles20, seeds200: quartiles(optuna.regrets200) },
        });
      }
    }
  }
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({
    options: { seeds: { type: "string", default: "200" }, out: { type: "string", default: "build/regret.json" } },
  });
  const rows = await regrets(Number(values.seeds));
  const show = (list) => list.map((value) => value.toPrecision(3).padStart(9)).join(" ");
  console.log(`${"".padEnd(34)}${"first quartile, median, third".padEnd(33)}Optuna 5 TPE, 200 seeds`);
  for (const { objective, sampler, evaluations, quartiles, optunaTpe } of rows) {
    const label = `${objective} ${String(evaluations).padStart(3)} ${sampler}`;
    console.log(`${label.padEnd(32)}${show(quartiles)}   ${show(optunaTpe.seeds200)}`);
  }
  writeFileSync(values.out, `${JSON.stringify(rows, null, 1)}\n`);
  console.log(`written to ${values.out}`);
}
