// The journal file against the bare system calls: appends and trials per second, with and without the
// flush, appends that come together, threads that share a file, and the time to load.
// Run after a build: node bench/journal.mjs
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import * as op from "../build/js/storages/operations.js";
import { LogState } from "../build/js/storages/replay.js";
import { journalFile } from "../build/js/platform/node-journal.js";

const now = "2026-11-23T20:15:24.842979Z";
const float = { type: "float", low: 0, high: 1, log: false, step: null };
const perSecond = (count, start) => Math.round((count * 1000) / (performance.now() - start));

/** Trials of five parameters, each in three appends, as a study makes them. */
async function trials(journal, count) {
  const log = new LogState();
  const write = async (records) => {
    await journal.append(records);
    return log.apply(await journal.read(log.length));
  };
  await write([op.createStudy("w", "bench", ["minimize"])]);
  const start = performance.now();
  for (let k = 0; k < count; k++) {
    const [id] = await write([op.createTrial("w", 0, now)]);
    await write(["a", "b", "c", "d", "e"].map((name) => op.setParam("w", id, name, float, k / count)));
    await write([op.finish("w", id, "complete", [k], now)]);
  }
  return perSecond(count, start);
}

async function appends(journal, count) {
  const start = performance.now();
  for (let k = 0; k < count; k++) await journal.append([op.intermediate("w", 0, k, 0.5)]);
  return perSecond(count, start);
}

async function together(journal, count) {
  const start = performance.now();
  await Promise.all(Array.from({ length: count }, (_, k) => journal.append([op.intermediate("w", 0, k, 0.5)])));
  return perSecond(count, start);
}

/** Several threads that append to one file at the same time. */
async function contended(path, threads, count) {
  const code = `
    const { workerData } = require("node:worker_threads");
    (async () => {
      const { journalFile } = await import(workerData.module);
      const journal = journalFile(workerData.path, { sync: false });
      for (let k = 0; k < workerData.count; k++) {
        await journal.append([{ op_code: 7, worker_id: "w", trial_id: 0, step: k, intermediate_value: 0.5 }]);
      }
    })();`;
  const module = new URL("../build/js/platform/node-journal.js", import.meta.url).href;
  const start = performance.now();
  const ended = Array.from({ length: threads }, () => {
    const worker = new Worker(code, { eval: true, workerData: { module, path, count } });
    return new Promise((done, failed) => worker.on("exit", done).on("error", failed));
  });
  await Promise.all(ended);
  return perSecond(threads * count, start);
}

/** Plain writes of such a line at a file's end: what no journal can beat. */
function bareWrites(path, flush, count) {
  const fd = openSync(path, "a");
  const line = `{"op_code":7,"worker_id":"w","trial_id":0,"step":${count},"intermediate_value":0.5}\n`;
  const start = performance.now();
  for (let k = 0; k < count; k++) {
    writeSync(fd, line);
    if (flush) fdatasyncSync(fd);
  }
  const rate = perSecond(count, start);
  closeSync(fd);
  return rate;
}

/** Rows {name, ratio, unit, note}. */
export async function run() {
  const root = mkdtempSync(join(tmpdir(), "vernier-bench-"));
  const rows = [];
  const row = (name, rate, other) =>
    rows.push({ name, ratio: rate / other, unit: "x", note: `${rate}/s against ${other}/s` });
  try {
    for (const sync of [true, false]) {
      const open = (name) => journalFile(join(root, `${name}-${sync}.log`), { sync });
      const count = sync ? 600 : 4000;
      const how = sync ? "flushed" : "sync: false";
      const bare = bareWrites(join(root, "bare"), sync, count);
      const single = await appends(open("appends"), count);
      row(`appends, ${how} / bare writes`, single, bare);
      row(`appends called together / in turn, ${how}`, await together(open("together"), 20_000), single);
      row(`trials of three appends, ${how} / appends`, await trials(open("trials"), count / 2), single);
      if (!sync) row("two threads on one file / one", await contended(join(root, "threads.log"), 2, 2000), single);
    }
    const path = join(root, "trials-false.log");
    const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
    let start = performance.now();
    for (const line of lines) JSON.parse(line);
    const parsing = perSecond(lines.length, start);
    start = performance.now();
    const log = new LogState();
    log.apply(await journalFile(path).read(0));
    if (log.findStudy("bench").trials.length !== 2000) throw new Error("expected 2000 trials");
    row("records loaded / parsed by JSON.parse", perSecond(lines.length, start), parsing);
  } finally {
    rmSync(root, { recursive: true });
  }
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { name, ratio, unit, note } of await run()) console.log(`${name}: ${ratio.toFixed(2)}${unit} (${note})`);
}
