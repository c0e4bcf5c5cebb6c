import type { Parent } from "../pool/parent.ts";

/** In a runtime without workers no thread was started by another. */
export function openParent(): Parent | null {
  return null;
}
