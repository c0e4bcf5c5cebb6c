import { coreBase64 } from "#core-base64";

/** The core's bytes, inlined so that no runtime needs a file, a fetch or a permission. */
export function coreModule(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(coreBase64), (character) => character.charCodeAt(0));
}
