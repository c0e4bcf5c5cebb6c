import { crc32 } from "../core/crc32.ts";
import { show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";

// A trained model as one flat buffer:
//   bytes 0-3   "VRNM"
//   bytes 4-7   version of this form, u32
//   bytes 8-11  CRC-32 of all that follows, u32
//   bytes 12-15 length of the header in bytes, u32
//   header      JSON in UTF-8: { name, settings, arrays: [[name, type, length], ...] }
//   arrays      one after the other, each starting at a multiple of 8 bytes
// Numbers are little-endian, as in WebAssembly's memory. Numbers in the settings must be finite.

const magic = [0x56, 0x52, 0x4e, 0x4d];
const version = 1;
const headerStart = 16;
const types = { f64: Float64Array, i32: Int32Array, u8: Uint8Array } as const;

type ModelArray = Float64Array | Int32Array | Uint8Array;

/** What a model file holds. */
export interface ModelContents {
  /** The estimator's name. */
  readonly name: string;
  /** The small parts of the model. */
  readonly settings: { readonly [key: string]: Json };
  /** The large parts of the model. */
  readonly arrays: Readonly<Record<string, ModelArray>>;
}

/** The model as one buffer; the same contents always give the same bytes. */
export function packModel({ name, settings, arrays }: ModelContents): ArrayBuffer {
  const named = Object.entries(arrays);
  const listed = named.map(([key, values]) => [key, typeOf(values), values.length]);
  const header = new TextEncoder().encode(JSON.stringify({ name, settings, arrays: listed }));
  let length = aligned(headerStart + header.length);
  const starts = named.map(([, values]) => {
    const start = length;
    length = aligned(length + values.byteLength);
    return start;
  });
  const bytes = new Uint8Array(length);
  bytes.set(magic);
  bytes.set(header, headerStart);
  named.forEach(([, { buffer, byteOffset, byteLength }], k) => {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), starts[k]);
  });
  const view = new DataView(bytes.buffer);
  view.setUint32(4, version, true);
  view.setUint32(12, header.length, true);
  view.setUint32(8, crc32(bytes.subarray(12)), true);
  return bytes.buffer;
}

/** Reads what `packModel` wrote; throws `invalid-data` for anything else, and for a file that was cut or changed. */
export function unpackModel(file: ArrayBuffer | Uint8Array): ModelContents {
  const given = file instanceof Uint8Array ? file : new Uint8Array(expectBuffer(file));
  if (given.length < headerStart || magic.some((byte, k) => given[k] !== byte)) {
    refuse("a buffer that a model's save() made", `${given.length} bytes of something else`);
  }
  // A copy, so that the arrays can be views at whatever place the bytes came from.
  const bytes = given.slice();
  const view = new DataView(bytes.buffer);
  const written = view.getUint32(4, true);
  if (written !== version) refuse(`a model file of version ${version}`, `version ${written}`);
  if (view.getUint32(8, true) !== crc32(bytes.subarray(12)))
    refuse("a whole model file", "one that was cut or changed");
  const headerLength = view.getUint32(12, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(headerStart, headerStart + headerLength))) as {
    readonly name: string;
    readonly settings: ModelContents["settings"];
    readonly arrays: readonly (readonly [string, keyof typeof types, number])[];
  };
  let start = aligned(headerStart + headerLength);
  const arrays: Record<string, ModelArray> = {};
  for (const [key, type, length] of header.arrays) {
    const values = new types[type](bytes.buffer, start, length);
    arrays[key] = values;
    start = aligned(start + values.byteLength);
  }
  return { name: header.name, settings: header.settings, arrays };
}

function typeOf(values: ModelArray): keyof typeof types {
  if (values instanceof Float64Array) return "f64";
  return values instanceof Int32Array ? "i32" : "u8";
}

function aligned(length: number): number {
  return Math.ceil(length / 8) * 8;
}

function expectBuffer(file: unknown): ArrayBuffer {
  if (file instanceof ArrayBuffer) return file;
  return refuse("an ArrayBuffer or Uint8Array", show(file));
}

function refuse(expected: string, got: string): never {
  throw new VernierError("invalid-data", `model file: expected ${expected}, got ${got}`);
}
