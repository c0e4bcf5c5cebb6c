import type { Tensor } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import type { TensorFlow } from "../../src/neural/index.ts";

/** A value whose gradients are compared on two backends. */
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

/** The value and, unless it has none, its gradient with respect to each input, on the current backend. */
export function evaluate(
  tf: TensorFlow,
  { shapes, shift = 0, valueOnly }: GradientCase,
  value: GradientCase["value"],
): number[][] {
  return tf.tidy(() => {
    const inputs = shapes.map((shape, i) => tf.randomNormal(shape as number[], shift, 1, "float32", 17 + i));
    const out = value(tf, ...inputs);
    const values = Array.from(out.dataSync());
    if (valueOnly) return [values] as never;
    const dy = tf.randomNormal(out.shape, 0, 1, "float32", 5);
    const gradients = tf.grads((...given: Tensor[]) => value(tf, ...given))(inputs, dy);
    return [values, ...gradients.map((gradient) => Array.from(gradient.dataSync()))] as never;
  });
}

/** Expects numbers within 1e-4 of the largest expected, or of 1. */
export function expectClose(found: number[], expected: number[]): void {
  expect(found.length).toBe(expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  const worst = Math.max(...found.map((value, i) => Math.abs(value - (expected[i] as number))), 0);
  expect(found.every(Number.isFinite)).toBe(true);
  expect(worst / scale).toBeLessThan(1e-4);
}
