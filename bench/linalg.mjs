// The core's linear algebra against plain loops over Float64Array and against ml-matrix.
// Run after a build: node bench/linalg.mjs
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { instantiateCore } from "../build/js/wasm/core.js";
import { medians } from "./timing/medians.mjs";

const TIMING = { rounds: 7, roundMs: 15 };

function row(name, flops, ours, theirs) {
  const rate = (time) => `${(flops / time).toFixed(1)} GFLOP/s`;
  return { name, ratio: theirs / ours, unit: "x", note: `${rate(ours)} against ${rate(theirs)}` };
}

const numbers = (length) => Float64Array.from({ length }, (_, i) => (((i + 1) * 7919) % 10007) / 5003.5 - 1);

function plainDot(x, y) {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

function plainGemv(A, x, y, n) {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += A[i * n + j] * x[j];
    y[i] = sum;
  }
}

// Row by row of B, so that the inner loop runs along memory.
function plainGemm(A, B, C, n) {
  C.fill(0);
  for (let i = 0; i < n; i++) {
    for (let p = 0; p < n; p++) {
      const a = A[i * n + p];
      for (let j = 0; j < n; j++) C[i * n + j] += a * B[p * n + j];
    }
  }
}

function plainCholesky(A, L, n) {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * n + j];
      for (let p = 0; p < j; p++) sum -= L[i * n + p] * L[j * n + p];
      L[i * n + j] = i === j ? Math.sqrt(sum) : sum / L[j * n + j];
    }
  }
}

function vectorRows(core) {
  const rows = [];
  for (const n of [64, 1024]) {
    const x = numbers(n);
    core.scope((arena) => {
      const [a, b] = [arena.f64(x), arena.f64(x)];
      const [ours, plain] = medians([() => core.exports.linalgDot(a, b, n), () => plainDot(x, x)], TIMING);
      rows.push(row(`dot ${n} / plain loop`, 2 * n, ours, plain));
    });
  }
  const n = 256;
  const A = numbers(n * n);
  const x = numbers(n);
  const y = new Float64Array(n);
  const other = Matrix.from1DArray(n, n, A);
  const column = Matrix.columnVector(x);
  core.scope((arena) => {
    const [a, b, c] = [arena.f64(A), arena.f64(x), arena.f64Alloc(n)];
    const [ours, plain, library] = medians(
      [() => core.exports.linalgGemv(a, n, n, n, b, c), () => plainGemv(A, x, y, n), () => other.mmul(column)],
      TIMING,
    );
    rows.push(row(`gemv ${n} / plain loop`, 2 * n * n, ours, plain));
    rows.push(row(`gemv ${n} / ml-matrix`, 2 * n * n, ours, library));
  });
  return rows;
}

function gemmRows(core, n) {
  const A = numbers(n * n);
  const C = new Float64Array(n * n);
  const other = Matrix.from1DArray(n, n, A);
  return core.scope((arena) => {
    const [a, b, c] = [arena.f64(A), arena.f64(A), arena.f64Alloc(n * n)];
    const [ours, plain, library] = medians(
      [
        () => core.exports.linalgGemmNN(n, n, n, a, n, b, n, c, n),
        () => plainGemm(A, A, C, n),
        () => other.mmul(other),
      ],
      TIMING,
    );
    const flops = 2 * n * n * n;
    return [row(`gemm ${n} / plain loop`, flops, ours, plain), row(`gemm ${n} / ml-matrix`, flops, ours, library)];
  });
}

// The core factors in place, so that each call of ours copies the matrix first.
function choleskyRows(core, n) {
  const A = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) A[i * n + j] = 1 / (1 + Math.abs(i - j)) + (i === j ? 1 : 0);
  const L = new Float64Array(n * n);
  const other = Matrix.from1DArray(n, n, A);
  return core.scope((arena) => {
    const l = arena.f64(A);
    const view = new Float64Array(core.exports.memory.buffer, l, n * n);
    const [ours, plain, library] = medians(
      [
        () => {
          view.set(A);
          core.exports.linalgCholesky(n, l, n);
        },
        () => plainCholesky(A, L, n),
        () => new CholeskyDecomposition(other),
      ],
      TIMING,
    );
    const flops = (n * n * n) / 3;
    return [
      row(`cholesky ${n} / plain loop`, flops, ours, plain),
      row(`cholesky ${n} / ml-matrix`, flops, ours, library),
    ];
  });
}

/** Rows {name, ratio, unit, note}: how many times as fast the core is as the other in the name. */
export async function run() {
  const core = instantiateCore(readFileSync(new URL("../build/kernels.wasm", import.meta.url)));
  // The workspace of the largest product, taken once: memory that grows detaches the views below.
  core.scope((arena) => arena.f64Alloc(4_000_000));
  return [
    ...vectorRows(core),
    ...[64, 256, 512].flatMap((n) => gemmRows(core, n)),
    ...[64, 256].flatMap((n) => choleskyRows(core, n)),
  ];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const { name, ratio, unit, note } of await run()) console.log(`${name}: ${ratio.toFixed(2)}${unit} (${note})`);
}
