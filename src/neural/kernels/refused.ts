import { VernierError } from "../../core/errors.ts";
import type { Kernel } from "./kernel.ts";

/** Three-dimensional convolutions: their input gradient is wrong on the stock backend, so that none may start. */
export const refused: readonly Kernel[] = ["Conv3D", "Conv3DBackpropFilterV2", "Conv3DBackpropInputV2"].map((name) => ({
  name,
  run() {
    throw new VernierError(
      "unsupported",
      `"${name}": expected the cpu or webgpu backend for 3D convolutions, got wasm`,
    );
  },
}));
