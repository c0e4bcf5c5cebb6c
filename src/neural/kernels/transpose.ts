import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Kernel } from "./kernel.ts";

/** An axis of the result: its length, and how many entries of the input lie from one of its places to the next. */
interface Axis {
  readonly length: number;
  readonly stride: number;
}

/** The axes in another order; stock: a walk by coordinates beyond four axes. */
export const transpose: Kernel = {
  name: "Transpose",
  run(inputs, attributes, memory, _tf, stock) {
    const { x } = inputs as { x: TensorInfo };
    const perm = attributes["perm"] as number[];
    const shape = perm.map((axis) => x.shape[axis] as number);
    const axes = fewestAxes(x.shape, perm);
    // What stays in order shares its memory; empty tensors and other types are left alone.
    if (axes.length < 2 || shape.includes(0) || (x.dtype !== "float32" && x.dtype !== "int32")) return stock();
    const out = memory.output(shape, x.dtype);
    const inner = [...Array.from({ length: 4 }, () => ({ length: 1, stride: 0 })), ...axes].slice(-4) as FourAxes;
    const size = inner.reduce((product, { length }) => product * length, 1);
    const [d0, d1, d2, d3] = inner;
    const [from, to] = [memory.pointer(x), memory.pointer(out)];
    offsets(axes.slice(0, -4)).forEach((offset, i) => {
      // biome-ignore format: by meaning
      memory.kernels.tensorPermute(
        d0.length, d1.length, d2.length, d3.length, d0.stride, d1.stride, d2.stride, d3.stride,
        from + 4 * offset, to + 4 * size * i,
      );
    });
    return out;
  },
};

type FourAxes = [Axis, Axis, Axis, Axis];

/** The result's axes without those of length 1, and with those joined that follow each other in the input, too. */
function fewestAxes(shape: readonly number[], perm: readonly number[]): Axis[] {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  const axes: Axis[] = [];
  for (const axis of perm) {
    const [length, stride] = [shape[axis] as number, strides[axis] as number];
    if (length === 1) continue;
    const last = axes.at(-1);
    if (last?.stride === length * stride) axes[axes.length - 1] = { length: last.length * length, stride };
    else axes.push({ length, stride });
  }
  return axes;
}

/** Where in the input each place of the axes is, the last axis first. */
function offsets(axes: readonly Axis[]): number[] {
  return axes.reduce<number[]>(
    (found, { length, stride }) => found.flatMap((base) => Array.from({ length }, (_, i) => base + i * stride)),
    [0],
  );
}
