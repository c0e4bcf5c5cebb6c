// Memory that a study keeps: bytes of the heap by trial over 100,000 of them, and whether the WASM memory grows.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createStudy, memory, random } from "../../build/js/index.js";
import { defaultCore } from "../../build/js/wasm/default-core.js";
import { space } from "./studies.mjs";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

function heap() {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Heap by trial after each `step` of `trials`. */
export async function memoryRows({ trials = 100_000, step = 20_000 } = {}) {
  const storage = memory();
  const study = await createStudy({ name: "memory", space, seed: 1, sampler: random(), storage });
  await study.optimize(() => 0, { trials: 1000 });
  const wasm = defaultCore().exports.memory.buffer.byteLength;
  const growth = [];
  const times = [];
  let before = heap();
  for (let done = 0; done < trials; done += step) {
    const start = performance.now();
    await study.optimize(() => 0, { trials: step });
    times.push((performance.now() - start) / step);
    const now = heap();
    growth.push((now - before) / step);
    before = now;
  }
  const pages = (defaultCore().exports.memory.buffer.byteLength - wasm) / 65_536;
  const records = (await storage.read(0)).length / (trials + 1000);
  const list = growth.map((bytes) => Math.round(bytes)).join(", ");
  return [
    { name: "heap by trial, bytes", value: growth.at(-1), note: `each ${step} trials: ${list}` },
    { name: "records of the log by trial", value: records },
    { name: "heap by trial, last / first fifth", value: growth.at(-1) / growth[0], target: 1.1 },
    { name: "WASM pages grown over 100,000 trials", value: pages, target: 0 },
    { name: "time by trial, last / first fifth", value: times.at(-1) / times[0], target: 2 },
  ];
}
