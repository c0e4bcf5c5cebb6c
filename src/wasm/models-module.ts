import { modelsText } from "#models-text";
import { fromText } from "./from-text.ts";

/** The models module's bytes, inlined so that no runtime needs a file, a fetch or a permission. */
export function modelsModule(): Uint8Array<ArrayBuffer> {
  return fromText(modelsText);
}
