import { coreText } from "#core-text";
import { fromText } from "./from-text.ts";

/** The search module's bytes, inlined so that no runtime needs a file, a fetch or a permission. */
export function coreModule(): Uint8Array<ArrayBuffer> {
  return fromText(coreText);
}
