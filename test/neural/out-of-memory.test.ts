import type { KernelBackend, Tensor4D, TensorInfo } from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { digits } from "../../src/datasets/digits.ts";
import { choice, random } from "../../src/index.ts";
import {
  type Backend,
  cnn,
  type Hypermodel,
  loadBackend,
  mlp,
  networkData,
  trainNetwork,
  tuneNetwork,
  weightSeeds,
} from "../../src/neural.ts";
import { buildNetwork } from "../../src/neural/networks/build-network.ts";
import { memoryOf, type WasmBackend } from "../../src/neural/backend/tensor-memory.ts";
import { defaultCore } from "../../src/wasm/default-core.ts";

// Memory that is taken and never written costs no real memory: most of WebAssembly's 4 GiB is taken so in these tests.

const table = digits();
const X = { rows: 200, cols: 64, data: table.X.data.slice(0, 200 * 64).map((pixel) => pixel / 16) };
const y = Array.from(table.y).slice(0, 200);
const images = networkData(X, y, "classification", { kind: "image", height: 8, width: 8, channels: 1 });
const MIB = 2 ** 20;

let backend: Backend;
beforeAll(async () => {
  backend = await loadBackend("wasm");
});

const wasm = (): WasmBackend => backend.tf.backend() as WasmBackend;
const held: TensorInfo[] = [];
const release = (): void => {
  for (const { dataId } of held.splice(0)) wasm().disposeData(dataId, true);
};
afterEach(release);

/** Takes all memory that tensors may have, but for so many bytes. */
function leave(bytes: number): void {
  for (let size = 2 ** 30; size >= 1024; ) {
    try {
      held.push(wasm().makeOutput([size / 4], "float32"));
    } catch {
      size /= 2;
    }
  }
  // The first is the largest.
  const { dataId, shape } = held.shift() as TensorInfo;
  wasm().disposeData(dataId, true);
  held.push(wasm().makeOutput([(shape[0] as number) - Math.ceil(bytes / 4)], "float32"));
}

/** The weights after an epoch. */
async function train(network: Hypermodel): Promise<Float32Array[]> {
  const { tf } = backend;
  const seedOf = weightSeeds(defaultCore(), { seed: 1, trial: 0 });
  const layers = await backend.layers();
  const model = buildNetwork(tf, () => network.build({ tf, layers, shape: images.shape, seedOf }));
  try {
    await trainNetwork(tf, model, images, images.shape, { epochs: 1, batchSize: 20 });
    return model.getWeights().map((weight) => Float32Array.from(weight.dataSync()));
  } finally {
    model.dispose();
  }
}

const counts = (): readonly number[] => [backend.tf.memory().numTensors, wasm().numDataIds()];

describe("out of memory on wasm", () => {
  test.each([mlp({ units: 128 }), cnn({ filters: 8, denseUnits: 64, batchNorm: true })])(
    "a training fails where its memory ends, gives back all that it has, and the next ends as ever: %o",
    async (network) => {
      const expected = await train(network);
      const before = counts();
      // From memory for nothing to memory for all of it: it ends at many places.
      const outcomes: unknown[] = [];
      for (let bytes = 0; bytes < 6 * MIB; bytes += 0.22 * MIB) {
        leave(bytes);
        outcomes.push(await train(network).catch((error: unknown) => error));
        release();
        expect(counts()).toEqual(before);
      }
      const failures = outcomes.filter((outcome) => outcome instanceof Error);
      expect(failures.length).toBeGreaterThan(3);
      expect(failures.length).toBeLessThan(outcomes.length);
      for (const failure of failures) {
        expect(failure).toMatchObject({ code: "unsupported", message: /^out of memory: expected \d+ MiB/ });
      }
      expect(outcomes.slice(failures.length)).toEqual(outcomes.slice(failures.length).map(() => expected));
      expect(await train(network)).toEqual(expected);
    },
  );

  test("four GiB and more are refused, not taken modulo 2^32", () => {
    const { tf } = backend;
    const before = counts();
    const huge = (): unknown => tf.tidy(() => tf.broadcastTo(tf.ones([1, 1]), [2 ** 15, 2 ** 15 + 1]));
    expect(huge).toThrow("out of memory: expected 4097 MiB for a tensor");
    expect(counts()).toEqual(before);
  });

  test("a kernel that WebAssembly stops in fails, its backend is made anew, and tensors stay", async () => {
    const { tf } = backend;
    const expected = await train(cnn({ filters: 8 }));
    const first = tf.backend();
    const x = tf.ones([1, 16, 16, 4]);
    const filter = tf.ones([3, 3, 4, 501]);
    const room = tf.zeros([1, 16, 16, 501]);
    withoutMemory(() => {
      // Room for what conv2d answers, but not for what it works with.
      room.dispose();
      expect(() => tf.conv2d(x as Tensor4D, filter as Tensor4D, 1, "same")).toThrow(
        /"Conv2D": expected WebAssembly to go on/,
      );
      expect(() => tf.relu(x)).toThrow(/"Relu": expected WebAssembly to go on/);
    });
    await expect(train(cnn({ filters: 8 }))).rejects.toMatchObject({ code: "unsupported" });
    await backend.revive();
    expect(tf.backend()).not.toBe(first);
    expect(await train(cnn({ filters: 8 }))).toEqual(expected);
    expect((await filter.data()).every((value) => value === 1)).toBe(true);
    const sums = tf.conv2d(x as Tensor4D, filter as Tensor4D, 1, "valid");
    expect((await sums.data())[0]).toBe(36);
    tf.dispose([x, filter, sums]);
    expect((first as KernelBackend).numDataIds()).toBe(0);
    const again = tf.backend();
    await backend.revive();
    expect(tf.backend()).toBe(again);
  });

  test("networks that are too large fail their trials, and the search goes on", async () => {
    const before = counts();
    leave(8 * MIB);
    const { study, best } = await tuneNetwork(mlp, X, y, {
      backend,
      seed: 3,
      trials: 12,
      sampler: random(),
      space: { layers: 2, units: choice([16, 2048, 65_536]), dropout: 0, batchNorm: false, activation: "relu" },
      training: { epochs: 2 },
    });
    const outcomes = study.trials.map(({ params, state, failure }) => {
      return `${params["units"]} ${state} ${failure?.message.slice(0, 23) ?? ""}`;
    });
    expect(new Set(outcomes)).toEqual(
      new Set(["16 complete ", "2048 fail out of memory: expected", "65536 fail out of memory: expected"]),
    );
    expect(best.params["units"]).toBe(16);
    best.model?.dispose();
    release();
    expect(counts()).toEqual(before);
  });
});

/** Runs the work while all of WebAssembly's memory is taken, past what is kept for kernels. */
function withoutMemory(work: () => void): void {
  const memory = memoryOf(wasm());
  const take = (size: number): void => {
    if (size < 128) return work();
    let taken = false;
    try {
      memory.scratch(size, () => {
        taken = true;
        take(size);
      });
    } catch (error) {
      if (taken) throw error;
      take(size / 2);
    }
  };
  take(2 ** 30);
}
