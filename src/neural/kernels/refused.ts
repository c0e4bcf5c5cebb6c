import { VernierError } from "../../core/errors.ts";
import type { Kernel } from "./kernel.ts";

// Their input gradient is wrong on the stock backend, so that none may start.
const convolutions = ["Conv3D", "Conv3DBackpropFilterV2", "Conv3DBackpropInputV2"];

// biome-ignore format: a list
const missing = [
  "Complex", "ComplexAbs", "Draw", "Einsum", "FFT", "IFFT", "Imag", "RaggedGather", "RaggedRange", "RaggedTensorToTensor",
  "Real", "StaticRegexReplace",
];

/** Operations that the stock backend gets wrong, and those that it has not. */
export const refused: readonly Kernel[] = [
  ...convolutions.map((name) => refusal(name, "the cpu or webgpu backend for 3D convolutions")),
  ...missing.map((name) => refusal(name, "the cpu backend for this operation")),
];

function refusal(name: string, expected: string): Kernel {
  return {
    name,
    run() {
      throw new VernierError("unsupported", `"${name}": expected ${expected}, got wasm`);
    },
  };
}
