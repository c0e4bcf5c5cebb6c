import { mathText } from "#math-text";
import { fromText } from "./from-text.ts";

/** The math module's bytes, inlined so that no runtime needs a file, a fetch or a permission. */
export function mathModule(): Uint8Array<ArrayBuffer> {
  return fromText(mathText);
}
