import type { Tensor } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { loadBackend, type TensorFlow } from "../../src/neural/index.ts";
import { gelu } from "../../src/neural/layers/gelu.ts";
import { distanceOf, type GradientCase, valueAndGradients } from "../support/gradient-cases.ts";

test.each([0, -12, 12])("gelu and its gradient on wasm are those on cpu, around %i", async (shift) => {
  const value = (tf: TensorFlow, x: Tensor): Tensor => gelu(tf, x);
  const one: GradientCase = { name: "gelu", shapes: [[5, 7]], shift, value };
  const { tf } = await loadBackend("cpu");
  const expected = await valueAndGradients(tf, one, value);
  await loadBackend("wasm");
  const found = await valueAndGradients(tf, one, value);
  expect(found.length).toBe(2);
  found.forEach((array, i) => expect(distanceOf(array, expected[i] as number[])).toBeLessThan(1e-5));
});
