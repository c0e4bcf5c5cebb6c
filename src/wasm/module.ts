import { coreBase64 } from "#core-base64";
import { fromBase64 } from "./from-base64.ts";

/** The search module's bytes, inlined so that no runtime needs a file, a fetch or a permission. */
export function coreModule(): Uint8Array<ArrayBuffer> {
  return fromBase64(coreBase64);
}
