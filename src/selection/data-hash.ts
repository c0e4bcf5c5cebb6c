import type { Core } from "../wasm/core.ts";
import { sha256Hex } from "../wasm/sha256.ts";

// Hashed piece by piece, so that a large table is not copied whole into the core's memory.
const PIECE = 1 << 20;

const canonicalNan = [0, 0, 0, 0, 0, 0, 0xf8, 0x7f];

/** SHA-256, in hex, of what JSON says of data and of its numbers, every NaN as one. */
export function dataHash(core: Core, json: unknown, numbers: readonly ArrayBufferView[]): string {
  let all = sha256Hex(core, new TextEncoder().encode(JSON.stringify(json)));
  for (const view of numbers) {
    const bytes =
      view instanceof Float64Array ? numberBytes(view) : new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    for (let start = 0; start < bytes.length; start += PIECE) {
      const before = new TextEncoder().encode(all);
      const piece = bytes.subarray(start, start + PIECE);
      const joined = new Uint8Array(before.length + piece.length);
      joined.set(before);
      joined.set(piece, before.length);
      all = sha256Hex(core, joined);
    }
  }
  return all;
}

/** The bytes of numbers, every NaN as 0x7ff8000000000000: its bits and sign depend on the machine. */
function numberBytes(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  if (!values.some(Number.isNaN)) return bytes;
  const copy = bytes.slice();
  values.forEach((value, i) => {
    if (Number.isNaN(value)) copy.set(canonicalNan, 8 * i);
  });
  return copy;
}
