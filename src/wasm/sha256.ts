import type { Core } from "./core.ts";

/** The SHA-256 digest of the bytes, as 64 lower-case hexadecimal digits. */
export function sha256Hex(core: Core, bytes: Uint8Array): string {
  const digest = core.scope((arena) => {
    const out = arena.i32Alloc(8);
    core.exports.hashSha256(arena.bytes(bytes), bytes.length, out);
    return arena.readBytes(out, 32);
  });
  let hex = "";
  for (const byte of digest) hex += byte.toString(16).padStart(2, "0");
  return hex;
}
