import { surrogateText } from "#surrogate-text";
import { fromText } from "./from-text.ts";

/** The surrogate module's bytes, inlined so that no runtime needs a file, a fetch or a permission. */
export function surrogateModule(): Uint8Array<ArrayBuffer> {
  return fromText(surrogateText);
}
