// The core's exp, log and random draws against the engine's Math and AssemblyScript's NativeMath.
// Run after a build: node bench/math.mjs
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import { instantiateCore } from "../build/js/wasm/core.js";
import { medians } from "./timing/medians.mjs";

const LENGTH = 4096;
const TIMING = { rounds: 15, roundMs: 12 };

const nativeSource = ["exp", "log"]
  .map(
    (f) => `export function ${f}Array(x: usize, n: i32, out: usize): void {
      for (let i = 0; i < n; i++) store<f64>(out + (<usize>i << 3), NativeMath.${f}(load<f64>(x + (<usize>i << 3))));
    }`,
  )
  .join("\n");

async function nativeMath() {
  const options = { optimizeLevel: 3, runtime: "stub", noAssert: true, use: ["abort="], initialMemory: 2 };
  const { error, binary } = await asc.compileString(nativeSource, options);
  if (error) throw error;
  return (await WebAssembly.instantiate(binary)).instance.exports;
}

const perSecond = (time) => `${Math.round((LENGTH / time) * 1000)} M/s`;

function row(name, ours, theirs) {
  return { name, ratio: theirs / ours, unit: "x", note: `${perSecond(ours)} against ${perSecond(theirs)}` };
}

/** Rows {name, ratio, unit, note}: how many times as fast the core is as the other in the name. */
export async function run() {
  const core = instantiateCore(readFileSync(new URL("../build/kernels.wasm", import.meta.url)));
  const native = await nativeMath();
  const rows = [];
  const ranges = { exp: [-20, 0.2], log: [0.01, 20] };
  for (const [name, [low, high]] of Object.entries(ranges)) {
    const input = Float64Array.from(
      { length: LENGTH },
      (_, i) => low + ((high - low) * ((i * 2731) % LENGTH)) / LENGTH,
    );
    const output = new Float64Array(LENGTH);
    const host = Math[name];
    new Float64Array(native.memory.buffer).set(input);
    core.scope((arena) => {
      const x = arena.f64(input);
      const out = arena.f64Alloc(LENGTH);
      const coreArray = core.exports[name === "exp" ? "mathExpArray" : "mathLogArray"];
      const [ours, engine, nativeTime] = medians(
        [
          () => coreArray(x, LENGTH, out),
          () => {
            for (let i = 0; i < LENGTH; i++) output[i] = host(input[i]);
          },
          () => native[`${name}Array`](0, LENGTH, LENGTH * 8),
        ],
        TIMING,
      );
      rows.push(row(`${name} / Math.${name}`, ours, engine));
      rows.push(row(`${name} / NativeMath.${name}`, ours, nativeTime));
    });
  }
  core.scope((arena) => {
    const out = arena.f64Alloc(LENGTH);
    const output = new Float64Array(LENGTH);
    const [uniforms, engineUniforms, normals, engineNormals] = medians(
      [
        () => core.exports.randomUniforms(1, 2, 3, 4, 0, LENGTH, out),
        () => {
          for (let i = 0; i < LENGTH; i++) output[i] = Math.random();
        },
        () => core.exports.randomNormals(1, 2, 3, 4, 0, LENGTH, out),
        () => {
          for (let i = 0; i < LENGTH; i += 2) {
            const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
            const angle = 2 * Math.PI * Math.random();
            output[i] = radius * Math.cos(angle);
            output[i + 1] = radius * Math.sin(angle);
          }
        },
      ],
      TIMING,
    );
    rows.push(row("uniforms / Math.random", uniforms, engineUniforms));
    rows.push(row("normals / Box-Muller over Math", normals, engineNormals));
  });
  return rows;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { name, ratio, unit, note } of await run()) console.log(`${name}: ${ratio.toFixed(2)}${unit} (${note})`);
}
