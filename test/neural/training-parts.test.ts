import { readFileSync } from "node:fs";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { adam, layerNorm, loadBackend, softmaxCrossEntropy, type TensorFlow } from "../../src/neural/index.ts";
import { peer } from "../../src/neural/backend/tensorflow.ts";

describe("the tensor module", () => {
  test("takes a memory and nothing else, and has no data and no globals", () => {
    const bytes = readFileSync(new URL("../../build/tensor.wasm", import.meta.url));
    const module = new WebAssembly.Module(bytes);
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
    // A section is its number, its length as LEB128, and its bytes.
    const sections: number[] = [];
    for (let at = 8; at < bytes.length; ) {
      sections.push(bytes[at++] as number);
      let length = 0;
      for (let shift = 0, more = true; more; shift += 7) {
        const byte = bytes[at++] as number;
        length |= (byte & 127) << shift;
        more = byte > 127;
      }
      at += length;
    }
    expect(sections).toContain(10);
    expect(sections).not.toContain(6);
    expect(sections).not.toContain(11);
  });
});

describe("loading", () => {
  test("a peer dependency that is missing is named, with what to install", async () => {
    const missing = peer("@tensorflow/tfjs-core", () => Promise.reject(new Error("Cannot find package")));
    await expect(missing).rejects.toMatchObject({ code: "unsupported" });
    await expect(missing).rejects.toThrow(/npm install @tensorflow\/tfjs-core@4\.22\.0.*Cannot find package/);
  });

  test("bad options are refused", async () => {
    await expect(loadBackend("gpu" as never)).rejects.toThrow(/"backend": expected one of "auto"/);
    await expect(loadBackend("wasm", { wasm: "bytes" as never })).rejects.toThrow(/"wasm": expected a Uint8Array/);
  });
});

describe("parts of training", () => {
  let tf: TensorFlow;
  beforeAll(async () => {
    ({ tf } = await loadBackend("wasm"));
  });

  /** The weights after ten steps on a quadratic, of 7 and of 1 numbers. */
  function fitted(optimizer: ReturnType<typeof adam>): number[] {
    const start = [tf.randomNormal([7], 0, 1, "float32", 1), tf.scalar(0.5)] as const;
    const [a, b] = [tf.variable(start[0]), tf.variable(start[1])];
    const target = tf.randomNormal([7], 0, 1, "float32", 2);
    for (let i = 0; i < 10; i++) {
      optimizer.minimize(() => tf.sum(tf.square(tf.sub(tf.mul(a, b), target))) as Scalar);
    }
    const weights = [...a.dataSync(), ...b.dataSync()];
    tf.dispose([a, b, target, ...start]);
    return weights;
  }

  test("adam takes the stock optimizer's steps and leaves no tensors", () => {
    const before = tf.memory().numTensors;
    const own = adam(tf, { learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 1e-6 });
    const stock = tf.train.adam(0.1, 0.8, 0.9, 1e-6);
    const expected = fitted(stock);
    fitted(own).forEach((weight, i) => expect(weight).toBeCloseTo(expected[i] as number, 5));
    own.dispose();
    stock.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("adam's moments of weights that have no gradient any more end at 0, not below the normal numbers", async () => {
    // Of 7: four lanes at once and three by themselves.
    const weights = tf.variable(tf.ones([7]));
    const own = adam(tf, { beta2: 0.9 });
    const apply = (slope: number): void => {
      const tensor = tf.tensor1d(Array.from({ length: 7 }, () => slope));
      own.applyGradients([{ name: weights.name, tensor }]);
      tensor.dispose();
    };
    const moments = async (): Promise<number[]> =>
      (await own.getWeights()).slice(1).flatMap(({ tensor }) => [...tensor.dataSync()]);
    apply(1);
    for (let step = 0; step < 500; step++) apply(0);
    for (const moment of await moments()) expect(moment).toBeGreaterThan(0);
    for (let step = 0; step < 400; step++) apply(0);
    expect(await moments()).toEqual(Array(14).fill(0));
    apply(Number.NaN);
    for (const moment of await moments()) expect(moment).toBeNaN();
    own.dispose();
    weights.dispose();
  });

  test("adam goes on from saved weights with the same bits", async () => {
    const run = (optimizer: ReturnType<typeof adam>, w: Tensor): Float32Array => {
      const variable = tf.variable(w, true, `adam-${tf.memory().numTensors}-${Math.floor(w.dataSync()[0] as number)}`);
      for (let i = 0; i < 3; i++) optimizer.minimize(() => tf.sum(tf.square(variable)) as Scalar);
      const values = variable.dataSync() as Float32Array;
      variable.dispose();
      return values;
    };
    const whole = adam(tf, { learningRate: 0.3 });
    const middle = run(whole, tf.tensor1d([1, -2, 3]));
    const saved = await whole.getWeights();
    const resumed = adam(tf, { learningRate: 0.3 });
    await resumed.setWeights(saved.map(({ name, tensor }) => ({ name, tensor: tf.clone(tensor) })));
    expect(run(resumed, tf.tensor1d(middle))).toEqual(run(whole, tf.tensor1d(middle)));
  });

  test("options and shapes are checked", () => {
    expect(() => adam(tf, { beta1: 1 })).toThrow(/"beta1": expected a number in \[0, 1\), got 1/);
    expect(() => adam(tf, { learningRate: 0 })).toThrow(/"learningRate": expected a number > 0, got 0/);
    tf.tidy(() => {
      expect(() => softmaxCrossEntropy(tf, tf.ones([2, 3]), tf.ones([2, 4]))).toThrow(/"labels": expected .* \[2, 4\]/);
      expect(() => layerNorm(tf, tf.ones([2, 3]), tf.ones([3]), tf.ones([2]))).toThrow(/"beta": expected shape \[3\]/);
    });
  });

  test("softmaxCrossEntropy is finite and right for far logits", () => {
    tf.tidy(() => {
      const losses = softmaxCrossEntropy(
        tf,
        tf.tensor2d([
          [1, 0],
          [0, 1],
        ]),
        tf.tensor2d([
          [500, -500],
          [500, -500],
        ]),
      );
      expect(Array.from(losses.dataSync())).toEqual([0, 1000]);
    });
  });
});
