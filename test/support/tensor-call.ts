import { readFileSync } from "node:fs";
import { expect } from "vitest";
import type { TensorExports } from "../../src/wasm/tensor.ts";

/** The two builds of the tensor module. */
export const tensorBuilds: readonly { readonly build: string; readonly file: string }[] = [
  { build: "release", file: "tensor.wasm" },
  { build: "checked", file: "tensor.debug.wasm" },
];

const GUARD = 64;
const PATTERN = 0xa5;

/** A memory of its own for calls of kernels, in which every tensor lies between bytes that no kernel may touch. */
export interface TensorCall {
  readonly kernels: TensorExports;
  /** A tensor of these numbers, which the kernel may only read. */
  input(values: ArrayLike<number>): number;
  /** A tensor that is not set yet. */
  output(size: number): number;
  /** Workspace of so many bytes. */
  scratch(bytes: number): number;
  read(pointer: number): Float32Array;
  /** Expects that nothing was written but to outputs and workspace. */
  expectIntact(): void;
}

export function tensorCall(file: string): TensorCall {
  const memory = new WebAssembly.Memory({ initial: 64 });
  const bytes = new Uint8Array(memory.buffer);
  // NaN, wherever a kernel reads what nobody has written.
  new Uint32Array(memory.buffer).fill(0x7fc00000);
  const module = new WebAssembly.Module(readFileSync(new URL(`../../build/${file}`, import.meta.url)));
  const { exports } = new WebAssembly.Instance(module, { env: { memory, abort: () => {} } });
  const sizes = new Map<number, number>();
  const kept: { readonly from: number; readonly bytes: Uint8Array }[] = [];
  let top = 1024;
  const keep = (from: number, to: number): void => void kept.push({ from, bytes: bytes.slice(from, to) });
  const place = (size: number): number => {
    const pointer = top + GUARD;
    if (pointer + size + GUARD > bytes.length) throw new Error(`expected room for ${size} bytes`);
    for (const guard of [top, pointer + size]) {
      bytes.fill(PATTERN, guard, guard + GUARD);
      keep(guard, guard + GUARD);
    }
    top = (pointer + size + GUARD + 15) & ~15;
    return pointer;
  };
  return {
    kernels: exports as unknown as TensorExports,
    input(values) {
      const pointer = place(values.length * 4);
      new Float32Array(memory.buffer, pointer, values.length).set(values);
      keep(pointer, pointer + values.length * 4);
      return pointer;
    },
    output(size) {
      const pointer = place(size * 4);
      sizes.set(pointer, size);
      return pointer;
    },
    scratch: place,
    read: (pointer) => new Float32Array(memory.buffer, pointer, sizes.get(pointer)).slice(),
    expectIntact() {
      for (const { from, bytes: before } of kept) {
        expect(Buffer.compare(bytes.subarray(from, from + before.length), before), `bytes from ${from}`).toBe(0);
      }
    },
  };
}
