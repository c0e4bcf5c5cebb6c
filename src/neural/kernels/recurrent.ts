import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { CellName } from "../layers/recurrent-cells.ts";
import type { TensorMemory } from "../backend/tensor-memory.ts";
import { type Inputs, type Kernel, sizeOf } from "./kernel.ts";

/** A recurrence's sizes; which cell, and whether it answers every step's state. */
export interface RecurrentAttributes {
  readonly cell: CellName;
  readonly n: number;
  readonly T: number;
  readonly directions: number;
  readonly units: number;
  readonly sequences: boolean;
}

// As the kernels number them.
const cells: Readonly<Record<CellName, number>> = { lstm: 0, gru: 1 };

/** A recurrent layer over all steps, from inputs that were multiplied already: the answer, and a tape for the gradient. */
export const recurrentForward: Kernel = {
  name: "VernierRecurrent",
  run(inputs, attributes, memory) {
    const { cell: name, directions, n, T, units, sequences } = attributes as unknown as RecurrentAttributes;
    const { tensorRecurrent, tensorRecurrentScratch, tensorRecurrentTape } = memory.kernels;
    const cell = cells[name];
    const width = directions * units;
    const out = memory.output(sequences ? [n, T, width] : [n, width], "float32");
    const tape = memory.output([directions * tensorRecurrentTape(cell, n, T, units)], "float32");
    memory.scratch(tensorRecurrentScratch(cell, units), (scratch) => {
      const at = (name: string): number => pointerOr0(memory, inputs, name);
      // biome-ignore format: by meaning
      tensorRecurrent(
        cell, directions, n, T, units, at("x"), at("bias"), at("kernel"), at("recurrentBias"), at("mask"), sequences,
        memory.pointer(out), memory.pointer(tape), scratch,
      );
    });
    return [out, tape];
  },
};

/** Its gradients with respect to x, bias, kernel and, where there is one, recurrentBias. */
export const recurrentGradient: Kernel = {
  name: "VernierRecurrentGradient",
  run(inputs, attributes, memory) {
    const { cell: name, directions, n, T, units, sequences } = attributes as unknown as RecurrentAttributes;
    const { kernel } = inputs as { kernel: TensorInfo };
    const { tensorRecurrentGradient, tensorRecurrentGradientScratch } = memory.kernels;
    const cell = cells[name];
    const width = sizeOf(kernel.shape) / units;
    const shapes = [[n * T, width], [directions, 1, width / directions], kernel.shape];
    if (name === "gru") shapes.push([directions, 1, units]);
    const outputs = shapes.map((shape) => memory.output(shape, "float32"));
    memory.scratch(tensorRecurrentGradientScratch(cell, n, T, units), (scratch) => {
      const at = (name: string): number => pointerOr0(memory, inputs, name);
      const [dx, dbias, dkernel, drecurrentBias = 0] = outputs.map(memory.pointer) as [number, number, number, number?];
      // biome-ignore format: by meaning
      tensorRecurrentGradient(
        cell, directions, n, T, units, at("dy"), at("kernel"), at("mask"), sequences, at("tape"),
        dx, dbias, dkernel, drecurrentBias, scratch,
      );
    });
    return outputs;
  },
};

function pointerOr0(memory: TensorMemory, inputs: Inputs, name: string): number {
  const tensor = inputs[name];
  return tensor === undefined ? 0 : memory.pointer(tensor);
}
