import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { layerNorm, loadBackend, softmaxCrossEntropy, type TensorFlow } from "../../src/neural/index.ts";
import { gelu } from "../../src/neural/layers/gelu.ts";
import { evaluate, expectClose, type GradientCase } from "../support/gradient-check.ts";

// Every value and gradient on the WebAssembly backend against the cpu backend's.

type Pad = "same" | "valid" | number | [[0, 0], [number, number], [number, number], [0, 0]];

const cases: GradientCase[] = [];

for (const [m, k, n] of [
  [1, 1, 1],
  [3, 5, 7],
  [4, 8, 8],
  [13, 300, 9],
  [5, 64, 270],
] as const) {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      cases.push({
        name: `matMul ${m} ${k} ${n} ${transposeA} ${transposeB}`,
        shapes: [transposeA ? [k, m] : [m, k], transposeB ? [n, k] : [k, n]],
        value: (tf, a, b) => tf.matMul(a, b, transposeA, transposeB),
      });
    }
  }
}
for (const [transposeA, transposeB] of [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const) {
  const a = transposeA ? [6, 5] : [5, 6];
  const b = transposeB ? [11, 6] : [6, 11];
  cases.push({
    name: `batched matMul ${transposeA} ${transposeB}`,
    shapes: [
      [2, 3, ...a],
      [2, 3, ...b],
    ],
    value: (tf, x, y) => tf.matMul(x, y, transposeA, transposeB),
  });
}
for (const [left, right] of [
  [[4], [1]],
  [[1], [4]],
  [[2, 3], [3]],
  [
    [2, 1],
    [1, 3],
  ],
] as const) {
  cases.push({
    name: `matMul of batches [${left}] and [${right}]`,
    shapes: [
      [...left, 3, 5],
      [...right, 5, 2],
    ],
    value: (tf, a, b) => tf.matMul(a, b),
    expected: (tf, a, b) => {
      const whole = left.length === 2 ? [2, 3] : [4];
      return tf.matMul(tf.broadcastTo(a, [...whole, 3, 5]), tf.broadcastTo(b, [...whole, 5, 2]));
    },
    valueOnly: true,
  });
}
for (const [transposeA, transposeB] of [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const) {
  const a = transposeA ? [100, 6] : [6, 100];
  const b = transposeB ? [9, 100] : [100, 9];
  cases.push({
    name: `fused matMul with bias ${transposeA} ${transposeB}`,
    shapes: [a, b, [9]],
    value: (tf, x, y, bias) =>
      tf.fused.matMul({ a: x as never, b: y as never, transposeA, transposeB, bias: bias as never }),
  });
}
for (const activation of ["relu", "relu6", "leakyrelu", "sigmoid", "elu", "prelu"] as const) {
  cases.push({
    name: `fused matMul with ${activation}`,
    shapes: [[2, 5, 60], [2, 60, 7], [7], [7]],
    value: (tf, a, b, bias, weights) =>
      tf.fused.matMul({
        a: a as never,
        b: b as never,
        bias: bias as never,
        activation,
        leakyreluAlpha: 0.3,
        ...(activation === "prelu" ? { preluActivationWeights: weights as never } : {}),
      }),
    // The cpu backend broadcasts the bias likewise, but is asked without the fusion.
    expected: (tf, a, b, bias, weights) => {
      const x = tf.add(tf.matMul(a, b), bias as Tensor);
      if (activation === "leakyrelu") return tf.leakyRelu(x, 0.3);
      if (activation === "prelu") return tf.prelu(x, weights as Tensor);
      return tf[activation](x);
    },
    valueOnly: true,
  });
}
for (const [strides, pad, channels, filters, size] of [
  [1, "same", 3, 5, [3, 3]],
  [1, "valid", 4, 8, [3, 3]],
  [2, "same", 3, 5, [3, 2]],
  [2, "valid", 8, 3, [2, 3]],
  [1, 1, 1, 9, [3, 3]],
  [3, 2, 5, 4, [5, 5]],
  [
    [1, 2],
    [
      [0, 0],
      [1, 0],
      [2, 1],
      [0, 0],
    ],
    2,
    9,
    [3, 4],
  ],
  [[3, 1], "same", 12, 16, [1, 1]],
  [1, "same", 2, 1, [4, 5]],
] as [number | [number, number], Pad, number, number, [number, number]][]) {
  cases.push({
    name: `conv2d strides ${strides} pad ${pad} ${channels} to ${filters} channels`,
    shapes: [
      [2, 9, 8, channels],
      [...size, channels, filters],
    ],
    value: (tf, x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, strides, pad),
  });
  cases.push({
    name: `depthwise strides ${strides} pad ${pad} ${channels} by ${filters % 3}`,
    shapes: [
      [2, 9, 8, channels],
      [...size, channels, (filters % 3) + 1],
    ],
    value: (tf, x, w) => tf.depthwiseConv2d(x as Tensor4D, w as Tensor4D, strides, pad),
  });
}
cases.push({
  name: "conv2d of more positions than are packed at once",
  shapes: [
    [3, 14, 13, 4],
    [3, 3, 4, 10],
  ],
  value: (tf, x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, 1, "same"),
});
for (const [dilations, pad] of [
  [2, "same"],
  [2, "valid"],
  [[1, 3], "same"],
  [
    [3, 2],
    [
      [0, 0],
      [1, 1],
      [2, 0],
      [0, 0],
    ],
  ],
] as [number | [number, number], Pad][]) {
  const [dy, dx] = typeof dilations === "number" ? [dilations, dilations] : dilations;
  cases.push({
    name: `conv2d dilations ${dilations} pad ${pad}`,
    shapes: [
      [2, 9, 10, 3],
      [3, 2, 3, 5],
    ],
    value: (tf, x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, 1, pad, "NHWC", dilations),
    // A dilated filter is one with zeros between.
    expected: (tf, x, w) => tf.conv2d(x as Tensor4D, spread(tf, w as Tensor4D, dy, dx), 1, pad),
  });
  cases.push({
    name: `depthwise dilations ${dilations} pad ${pad}`,
    shapes: [
      [2, 9, 10, 5],
      [3, 2, 5, 1],
    ],
    value: (tf, x, w) => tf.depthwiseConv2d(x as Tensor4D, w as Tensor4D, 1, pad, "NHWC", dilations),
    expected: (tf, x, w) => tf.depthwiseConv2d(x as Tensor4D, spread(tf, w as Tensor4D, dy, dx), 1, pad),
  });
}
for (const [strides, pad] of [
  [1, "same"],
  [2, "valid"],
  [[2, 1], "same"],
] as [number | [number, number], Pad][]) {
  cases.push({
    name: `conv2dTranspose strides ${strides} pad ${pad}`,
    shapes: [
      [2, 5, 4, 6],
      [3, 2, 3, 6],
    ],
    value: (tf, x, w) => {
      const [sy, sx] = typeof strides === "number" ? [strides, strides] : strides;
      const shape: [number, number, number, number] =
        pad === "same" ? [2, 5 * sy, 4 * sx, 3] : [2, 4 * sy + 3, 3 * sx + 2, 3];
      return tf.conv2dTranspose(x as Tensor4D, w as Tensor4D, shape, strides, pad as "same");
    },
  });
}
for (const shift of [0, -8]) {
  for (const [size, strides, pad, channels] of [
    [2, 2, "valid", 8],
    [3, 1, "same", 3],
    [[2, 3], [1, 2], "same", 5],
    [3, 2, 1, 4],
    [2, 3, "valid", 1],
  ] as [number | [number, number], number | [number, number], Pad, number][]) {
    cases.push({
      name: `maxPool ${size} strides ${strides} pad ${pad}, ${channels} channels, around ${shift}`,
      shapes: [[2, 7, 9, channels]],
      shift,
      value: (tf, x) => tf.maxPool(x as Tensor4D, size, strides, pad),
    });
  }
}
for (const [axis, keepDims] of [
  [0, false],
  [[0, 1], true],
  [[1, 0, 2], false],
  [[0, 2], false],
  [-1, true],
] as [number | number[], boolean][]) {
  cases.push({
    name: `sum over ${axis}, ${keepDims}`,
    shapes: [[3, 5, 2, 7]],
    value: (tf, x) => tf.sum(x, axis, keepDims),
  });
}
for (const width of [1, 4, 7]) {
  cases.push({
    name: `gather of rows of ${width}`,
    shapes: [[6, width]],
    value: (tf, x) => tf.gather(x, tf.tensor1d([5, 0, 0, 3, 5, 5, 2], "int32")),
  });
}
cases.push(
  {
    name: "gather along the second axis",
    shapes: [[3, 5, 2]],
    value: (tf, x) => tf.gather(x, tf.tensor1d([4, 4, 1], "int32"), 1),
  },
  {
    name: "unsortedSegmentSum with ids outside",
    shapes: [[5, 3]],
    value: (tf, x) => tf.unsortedSegmentSum(x, tf.tensor1d([1, -1, 1, 7, 0], "int32"), 3),
    valueOnly: true,
  },
  {
    name: "oneHot of float32",
    shapes: [[2, 3]],
    value: (tf, x) => tf.mul(tf.oneHot(tf.tensor1d([2, 0, 9], "int32"), 4, 1.5, -0.5, "float32"), tf.sum(x)),
  },
  {
    name: "gather by a table of numbers, of rows of three axes",
    shapes: [[4, 2, 1, 3]],
    value: (tf, x) => tf.gather(x, tf.tensor2d([3, 0, 3, 1], [2, 2], "int32")),
  },
  { name: "oneHot of int32", shapes: [[1]], value: (tf) => tf.oneHot([1, 0], 3, 5, 2, "int32"), valueOnly: true },
);
for (const shift of [0, -12, 12]) {
  cases.push({ name: `gelu around ${shift}`, shapes: [[5, 7]], shift, value: (tf, x) => gelu(tf, x as Tensor) });
}
for (const shape of [
  [4, 10],
  [3, 1],
  [2, 3, 7],
]) {
  const labels = (tf: TensorFlow): Tensor => tf.softmax(tf.randomNormal(shape, 0, 1, "float32", 3));
  cases.push({
    name: `softmaxCrossEntropy [${shape}]`,
    shapes: [shape],
    value: (tf, logits) => softmaxCrossEntropy(tf, labels(tf), logits as Tensor),
    expected: (tf, logits) => tf.neg(tf.sum(tf.mul(labels(tf), tf.logSoftmax(logits as Tensor)), -1)),
  });
  const width = shape.at(-1) as number;
  if (width > 1) {
    cases.push({
      name: `layerNorm [${shape}]`,
      shapes: [shape, [width], [width]],
      value: (tf, x, gamma, beta) => layerNorm(tf, x as Tensor, gamma as Tensor, beta as Tensor),
    });
  }
}

/** The filter with dilations as one without, zeros between its taps. */
function spread(tf: TensorFlow, filter: Tensor4D, dy: number, dx: number): Tensor4D {
  const rows = between(tf, filter, 0, dy);
  return between(tf, rows, 1, dx);
}

function between(tf: TensorFlow, filter: Tensor4D, axis: number, dilation: number): Tensor4D {
  const taps = tf.split(filter, filter.shape[axis] as number, axis);
  const zeros = tf.zerosLike(taps[0] as Tensor4D);
  const gap = Array.from({ length: dilation - 1 }, () => zeros);
  return tf.concat(taps.flatMap((tap, i) => (i === 0 ? [tap] : [...gap, tap])) as Tensor4D[], axis);
}

describe("values and gradients on wasm against cpu", () => {
  let tf: TensorFlow;
  const expected = new Map<string, number[][]>();
  beforeAll(async () => {
    ({ tf } = await loadBackend("cpu"));
    for (const one of cases) expected.set(one.name, evaluate(tf, one, one.expected ?? one.value));
    await loadBackend("wasm");
  });

  test("at least 60 cases, each under its own name", () => {
    expect(expected.size).toBe(cases.length);
    expect(cases.length).toBeGreaterThanOrEqual(60);
  });

  test.each(cases)("$name", (one) => {
    expect(tf.getBackend()).toBe("wasm");
    const arrays = evaluate(tf, one, one.value);
    const reference = expected.get(one.name) as number[][];
    expect(arrays.length).toBe(reference.length);
    arrays.forEach((array, i) => expectClose(array, reference[i] as number[]));
  });

  test("windows that TensorFlow.js miscounts are refused", () => {
    tf.tidy(() => {
      const x = tf.ones([1, 9, 8, 2]) as Tensor4D;
      expect(() => tf.conv2d(x, tf.ones([3, 3, 2, 1]), [1, 2], 1)).toThrow(/"Conv2D": expected \[9, 4\] windows/);
      expect(() => tf.maxPool(x, [3, 2], 2, 1)).toThrow(/"MaxPool": expected \[5, 5\] windows/);
      expect(() => tf.depthwiseConv2d(x, tf.ones([3, 3, 2, 1]), 2, 1, "NHWC", 1, "ceil")).toThrow(/dimRoundingMode/);
    });
  });

  test("numbers of rows that are outside are named", () => {
    tf.tidy(() => {
      for (const id of [-1, 3]) {
        expect(() => tf.gather(tf.ones([3, 2]), tf.tensor1d([0, id], "int32"))).toThrow(
          `index value ${id} is not in [0, 2]`,
        );
      }
      expect(tf.gather(tf.ones([3, 2]), tf.tensor1d([], "int32")).shape).toEqual([0, 2]);
    });
  });

  test("3D convolutions are refused", () => {
    const x = tf.ones([1, 3, 3, 3, 2]);
    const w = tf.ones([2, 2, 2, 2, 1]);
    expect(() => tf.conv3d(x as never, w as never, 1, "valid")).toThrow(/"Conv3D": expected the cpu or webgpu backend/);
    tf.dispose([x, w]);
  });
});
