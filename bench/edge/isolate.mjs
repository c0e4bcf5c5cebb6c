// One fresh isolate: loads the module, then continues the study of the log it is given, once and once more.
// Usage: node bench/edge/isolate.mjs LOG SAMPLER; prints one line of JSON, in milliseconds.
import { readFileSync } from "node:fs";

const [file, sampler] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const started = performance.now();
const vernier = await import("../../build/js/index.js");
const { defaultCore } = await import("../../build/js/wasm/default-core.js");
defaultCore();
// Node loads its crypto module when it is first used; elsewhere it is there.
crypto.randomUUID();
const load = performance.now() - started;
const parsing = performance.now();
const records = JSON.parse(text);
const parse = performance.now() - parsing;
const space = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`x${i}`, vernier.float(0, 1)]));

/** A log that is read as a database would hand it out: plain records, none of them frozen. */
function logOf(records) {
  const log = [...records];
  return {
    name: "log",
    async append(more) {
      log.push(...more);
    },
    async appendAt(position, more) {
      if (position !== log.length) return null;
      log.push(...more);
      return more;
    },
    read: async (from) => log.slice(from),
  };
}

async function serve(records) {
  const storage = logOf(records);
  const times = [performance.now()];
  const study = await vernier.createStudy({ name: "bench", space, sampler: vernier[sampler](), storage });
  times.push(performance.now());
  const trial = await study.ask();
  times.push(performance.now());
  await study.tell(trial, trial.params.x0);
  times.push(performance.now());
  const [create, ask, tell] = times.slice(1).map((time, i) => time - times[i]);
  return { create, ask, tell, sum: times[3] - times[0] };
}

const cold = await serve(records);
for (let i = 0; i < (sampler === "gp" ? 3 : 20); i++) await serve(JSON.parse(text));
console.log(JSON.stringify({ load, parse, cold, warm: await serve(JSON.parse(text)) }));
