import { treesText } from "#trees-text";
import { fromText } from "./from-text.ts";

/** The trees module's bytes, inlined so that no runtime needs a file, a fetch or a permission. */
export function treesModule(): Uint8Array<ArrayBuffer> {
  return fromText(treesText);
}
