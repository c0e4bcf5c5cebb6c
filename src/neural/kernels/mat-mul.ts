import type { TensorInfo } from "@tensorflow/tfjs-core";
import { show, VernierError } from "../../core/errors.ts";
import type { TensorMemory } from "../backend/tensor-memory.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";
import { type Inputs, type Kernel, sizeOf } from "./kernel.ts";

/** Products of matrices, batch by batch; stock: a scalar loop where batched or transposed. */
export const batchMatMul: Kernel = {
  name: "BatchMatMul",
  run: ({ a, b }, { transposeA, transposeB }, memory, tf) =>
    product(a as TensorInfo, b as TensorInfo, transposeA === true, transposeB === true, memory, tf),
};

const activations: Readonly<Record<string, number>> = { linear: 0, relu: 1, relu6: 2, leakyrelu: 3 };
const stockActivations: Readonly<Record<string, string>> = { sigmoid: "Sigmoid", elu: "Elu", prelu: "Prelu" };

/** The same with a bias and an activation; stock: the bias comes several times where batched or transposed. */
export const fusedMatMul: Kernel = {
  name: "_FusedMatMul",
  run(inputs, { transposeA, transposeB, activation, leakyreluAlpha }, memory, tf) {
    const { a, b, bias, preluActivationWeights } = inputs as { a: TensorInfo; b: TensorInfo } & Inputs;
    const name = String(activation ?? "linear");
    const own = activations[name];
    const stock = stockActivations[name];
    if (own === undefined && stock === undefined) {
      throw new VernierError(
        "unsupported",
        `"activation": expected one of ${[...Object.keys(activations), ...Object.keys(stockActivations)].join(", ")}, got ${show(activation)}`,
      );
    }
    let out = product(a, b, transposeA === true, transposeB === true, memory, tf);
    const n = out.shape.at(-1) as number;
    const flat = bias !== undefined && bias !== null && bias.shape.length === 1 && bias.shape[0] === n;
    if (bias && !flat) out = replace("Add", { a: out, b: bias }, out, memory, tf);
    if (flat || own) {
      const alpha = Number(leakyreluAlpha ?? 0);
      const size = sizeOf(out.shape);
      if (size > 0) {
        const added = flat ? memory.pointer(bias as TensorInfo) : 0;
        memory.kernels.tensorBiasActivation(size / n, n, memory.pointer(out), added, own ?? 0, alpha);
      }
    }
    if (stock === undefined) return out;
    const alpha = preluActivationWeights as TensorInfo;
    return replace(stock, name === "prelu" ? { x: out, alpha } : { x: out }, out, memory, tf);
  },
};

/** Runs another kernel and lets go of the tensor that it takes the place of. */
function replace(name: string, inputs: Inputs, old: TensorInfo, memory: TensorMemory, tf: TensorFlow): TensorInfo {
  const kernel = tf.getKernel(name, "wasm");
  const result = kernel.kernelFunc({ inputs, attrs: {}, backend: memory.backend }) as TensorInfo;
  memory.backend.disposeData(old.dataId);
  return result;
}

function product(
  a: TensorInfo,
  b: TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  memory: TensorMemory,
  tf: TensorFlow,
): TensorInfo {
  if (a.dtype !== "float32" || b.dtype !== "float32") {
    throw new VernierError("unsupported", `"matMul": expected float32 tensors, got ${a.dtype} and ${b.dtype}`);
  }
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [depth, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (k !== depth) {
    throw new VernierError(
      "invalid-argument",
      `"matMul": expected as many columns of the left matrix as rows of the right, got ${k} and ${depth}`,
    );
  }
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const out = memory.output([...batch, m, n], "float32");
  const offsetsA = offsets(batchA, batch);
  const offsetsB = offsets(batchB, batch);
  const { tensorMatMul, tensorMatMulScratch } = memory.kernels;
  memory.scratch(tensorMatMulScratch(n, k), (scratch) => {
    // Pointers come after the workspace: taking it may grow the memory, but moves nothing.
    const [from, with_, to] = [memory.pointer(a), memory.pointer(b), memory.pointer(out)];
    for (let i = 0; i < offsetsA.length; i++) {
      const A = from + (offsetsA[i] as number) * m * k * 4;
      const B = with_ + (offsetsB[i] as number) * k * n * 4;
      tensorMatMul(m, n, k, A, transposeA, B, transposeB, to + i * m * n * 4, scratch);
    }
  });
  return out;
}

/** For each matrix of the whole batch, which matrix of a tensor with these outer dimensions takes part. */
function offsets(own: readonly number[], whole: readonly number[]): number[] {
  let found = [0];
  const skipped = whole.length - own.length;
  whole.forEach((length, axis) => {
    const ownLength = axis < skipped ? 1 : (own[axis - skipped] as number);
    const step = axis < skipped ? 0 : 1;
    found = found.flatMap((base) =>
      Array.from({ length }, (_, i) => (step === 0 ? base : base * ownLength + (ownLength === 1 ? 0 : i))),
    );
  });
  return found;
}
