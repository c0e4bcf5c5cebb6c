import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { adam, type Backend, type Hypermodel, loadBackend, type NetworkShape } from "../../src/neural/index.ts";
import { flattenSpace } from "../../src/core/space.ts";
import {
  buildOn,
  distance,
  fitBatch,
  gradientsOn,
  labelsFor,
  numbers,
  rowsFor,
  sequenceShape,
  tokenShape,
} from "./networks.ts";

/** What every hypermodel of sequences keeps to; `variants` are settings whose gradients are checked. */
export function sequenceNetworkSuite(base: Hypermodel, variants: readonly Record<string, unknown>[]): void {
  describe(`${base.name} as a network of sequences`, () => {
    const tokens = tokenShape(9, 7, 3);
    let backend: Backend;
    beforeAll(async () => {
      backend = await loadBackend("wasm");
    });

    for (const shape of [tokens, sequenceShape(6, 4, 3)]) {
      test.each(variants)(`gradients on wasm are those on cpu, ${shape.input.kind}, %j`, async (settings) => {
        const model = base.with(settings);
        const expected = await gradientsOn("cpu", model, shape);
        const found = await gradientsOn("wasm", model, shape);
        expect(Object.keys(found)).toEqual(Object.keys(expected));
        expect(Object.keys(found).length).toBeGreaterThan(4);
        for (const [name, values] of Object.entries(found)) {
          expect.soft(distance(values, expected[name] as number[]), name).toBeLessThan(1e-3);
        }
      });
    }

    test.each(variants)("learns 32 rows by heart, and keeps no tensors, %j", async (settings) => {
      const { tf } = backend;
      const model = await buildOn(backend, base.with(settings), tokenShape(9, 7));
      const [x, y] = [rowsFor(tf, tokenShape(9, 7), 32), labelsFor(tf, 32)];
      const optimizer = adam(tf, { learningRate: 0.01 });
      const [first] = fitBatch(tf, model, x, y, 2, optimizer) as [number];
      const rest = tf.memory().numTensors;
      const losses = fitBatch(tf, model, x, y, 100, optimizer);
      expect(tf.memory().numTensors).toBe(rest);
      const predict = (): number[] => tf.tidy(() => Array.from(tf.argMax(model.apply(x) as Tensor, -1).dataSync()));
      expect(predict()).toEqual(Array.from({ length: 32 }, (_, i) => i % 2));
      expect(tf.memory().numTensors).toBe(rest);
      expect(first).toBeGreaterThan(0.4);
      expect(losses.at(-1)).toBeLessThan(0.1);
      tf.dispose([x, y]);
      optimizer.dispose();
      model.dispose();
    });

    test.each(variants)("tokens of padding do not change the answer, %j", async (settings) => {
      const { tf } = backend;
      const model = base.with(settings);
      const [short, long] = [tokenShape(5, 7), tokenShape(9, 7)];
      const rows = Array.from(numbers("short", 20), (u) => 1 + Math.floor(u * 6));
      const padded = [0, 5, 10, 15].flatMap((at) => [...rows.slice(at, at + 5), 0, 0, 0, 0]);
      const logits = async (shape: NetworkShape, values: number[], n: number): Promise<number[]> => {
        const network = await buildOn(backend, model, shape);
        const found = tf.tidy(() => {
          const x = tf.tensor2d(values, [4, n], "int32");
          return Array.from((network.apply(x) as Tensor).dataSync()) as never;
        });
        network.dispose();
        return found;
      };
      // The networks differ in the positions that only the longer one has.
      const alone = await logits(short, rows, 5);
      expect(distance(await logits(long, padded, 9), alone)).toBeLessThan(1e-5);
      const other = padded.map((token, i) => (i % 9 === 5 ? 3 : token));
      expect(distance(await logits(long, other, 9), alone)).toBeGreaterThan(1e-3);
      expect((await logits(long, padded.fill(0), 9)).every(Number.isFinite)).toBe(true);
    });

    test.each(variants)("a saved network answers the same when it is loaded, %j", async (settings) => {
      const { tf } = backend;
      const layers = await backend.layers();
      const model = await buildOn(backend, base.with({ ...settings, dropout: 0.25 }), tokens);
      const x = rowsFor(tf, tokens, 4);
      fitBatch(tf, model, x, labelsFor(tf, 4, 3), 2, adam(tf));
      let kept: unknown;
      await model.save({
        save: async (artifacts) => {
          kept = artifacts;
          return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
        },
      });
      const topology = JSON.parse(JSON.stringify((kept as { modelTopology: unknown }).modelTopology));
      const loaded = await layers.loadLayersModel({
        load: async () => ({ ...(kept as object), modelTopology: topology }),
      });
      const answers = (network: typeof model): number[] => Array.from((network.predict(x) as Tensor).dataSync());
      expect(answers(loaded)).toEqual(answers(model));
      tf.dispose(x);
      model.dispose();
      loaded.dispose();
    });

    test("every weight has a seed of its own name", async () => {
      const names: string[] = [];
      const layers = await backend.layers();
      const seeded = (name: string): number => names.push(name);
      base.build({ tf: backend.tf, layers, shape: tokens, seedOf: seeded }).dispose();
      expect(names.length).toBeGreaterThan(2);
      expect(new Set(names).size).toBe(names.length);
    });

    test("its space is made of settings that it has, and of values that it takes", () => {
      const space = base.space();
      const flat = flattenSpace(space);
      expect(flat.length).toBeGreaterThan(4);
      for (const { name, distribution } of flat) {
        const values =
          distribution.type === "categorical" ? distribution.choices : [distribution.low, distribution.high];
        for (const value of values) {
          const model = base.with({ [name]: value });
          expect(model.params).toHaveProperty(name, value);
        }
      }
    });

    test("tables and images are refused", async () => {
      const layers = await backend.layers();
      const shape: NetworkShape = { input: { kind: "table", features: 3 }, outputs: 2, task: "classification" };
      expect(() => base.build({ tf: backend.tf, layers, shape, seedOf: () => 1 })).toThrow(
        `"shape.input": expected "sequence" or "tokens" for ${base.name}, got "table"`,
      );
    });
  });
}
