import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type * as neural from "../../src/neural/index.ts";

// Operations of training with their gradients, for one backend to be held against another. Types alone are imported: Deno
// runs this file as it is.

type TensorFlow = neural.TensorFlow;

export interface GradientCase {
  readonly name: string;
  /** Of the inputs; seeded normal numbers, shifted by `shift`. */
  readonly shapes: readonly (readonly number[])[];
  readonly shift?: number;
  readonly value: (tf: TensorFlow, ...inputs: Tensor[]) => Tensor;
  /** The same value by other means, where the cpu backend has no gradient. */
  readonly expected?: (tf: TensorFlow, ...inputs: Tensor[]) => Tensor;
  /** No gradient, for what has none. */
  readonly valueOnly?: boolean;
}

type Pad = "same" | "valid" | number | [[0, 0], [number, number], [number, number], [0, 0]];

/** Every case, each under its own name. */
export function gradientCases(given: Pick<typeof neural, "layerNorm" | "softmaxCrossEntropy">): GradientCase[] {
  return [
    ...products(),
    ...fusedProducts(),
    ...convolutions(),
    ...dilatedConvolutions(),
    ...transposedConvolutions(),
    ...pools(),
    ...gathers(),
    ...normalizations(given),
  ];
}

function products(): GradientCase[] {
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
  return cases;
}

function fusedProducts(): GradientCase[] {
  const cases: GradientCase[] = [];
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
  return cases;
}

function convolutions(): GradientCase[] {
  const cases: GradientCase[] = [];
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
  return cases;
}

function dilatedConvolutions(): GradientCase[] {
  const cases: GradientCase[] = [];
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
  return cases;
}

function transposedConvolutions(): GradientCase[] {
  const cases: GradientCase[] = [];
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
  return cases;
}

function pools(): GradientCase[] {
  const cases: GradientCase[] = [];
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
  return cases;
}

function gathers(): GradientCase[] {
  const cases: GradientCase[] = [];
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
    { name: "oneHot of int32", shapes: [[1]], value: (tf) => tf.oneHot([1, 0], 3, 5, 2, "int32"), valueOnly: true },
  );
  return cases;
}

function normalizations({
  layerNorm,
  softmaxCrossEntropy,
}: Pick<typeof neural, "layerNorm" | "softmaxCrossEntropy">): GradientCase[] {
  const cases: GradientCase[] = [];
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
  return cases;
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

/** The value and the gradient of each input; throws where the backend refuses. */
export async function valueAndGradients(
  tf: TensorFlow,
  { shapes, shift = 0, valueOnly }: GradientCase,
  value: GradientCase["value"],
): Promise<number[][]> {
  const found = tf.tidy(() => {
    const inputs = shapes.map((shape, i) => tf.randomNormal(shape as number[], shift, 1, "float32", 17 + i));
    const out = value(tf, ...inputs);
    if (valueOnly) return [out];
    const dy = tf.randomNormal(out.shape, 0, 1, "float32", 5);
    return [out, ...tf.grads((...given: Tensor[]) => value(tf, ...given))(inputs, dy)];
  });
  const arrays: number[][] = [];
  for (const tensor of found) arrays.push(Array.from(await tensor.data()));
  tf.dispose(found);
  return arrays;
}

/** The largest difference, in parts of the largest magnitude or of 1; NaN where the lengths differ or a number is none. */
export function distanceOf(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Number.NaN;
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return found.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] as number)) / scale), 0);
}
