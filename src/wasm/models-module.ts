import { modelsBase64 } from "#models-base64";
import { fromBase64 } from "./from-base64.ts";

/** The models module's bytes, inlined so that no runtime needs a file, a fetch or a permission. */
export function modelsModule(): Uint8Array<ArrayBuffer> {
  return fromBase64(modelsBase64);
}
