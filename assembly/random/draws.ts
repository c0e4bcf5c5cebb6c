import { normalQuantile } from "../math/quantile";
import { philox } from "./philox";

// Draws from the stream (k0, k1, trial, purpose), see philox.ts. Number i of each kind comes from the 64-bit
// half-block i alone, so it depends on the stream and on i only: any part of a stream can be drawn on its own,
// and a longer draw begins with the shorter one. Two kinds from one stream share their bits: give each purpose
// its own stream.

const TWO_M53: f64 = 1.1102230246251565e-16;
const BLOCK: usize = memory.data(16, 16);

/** The 64 bits of half-block i, low word first. */
function bitsAt(k0: u32, k1: u32, trial: u32, purpose: u32, i: u64, attempt: u32): u64 {
  philox(k0, k1, <u32>(i >> 1), attempt, trial, purpose, BLOCK);
  return load<u64>(BLOCK + ((<usize>i & 1) << 3));
}

/** out[j] = number `offset` + j of the stream's uniforms in [0, 1), multiples of 2^-53; j < n. */
export function uniforms(k0: u32, k1: u32, trial: u32, purpose: u32, offset: u32, n: i32, out: usize): void {
  for (let j = 0; j < n; ) {
    const i = <u64>offset + j;
    philox(k0, k1, <u32>(i >> 1), 0, trial, purpose, BLOCK);
    if (!(i & 1)) {
      store<f64>(out + ((<usize>j) << 3), <f64>(load<u64>(BLOCK) >> 11) * TWO_M53);
      if (++j == n) return;
    }
    store<f64>(out + ((<usize>j) << 3), <f64>(load<u64>(BLOCK, 8) >> 11) * TWO_M53);
    j++;
  }
}

/** out[j] = the first uniform of the stream (k0, k1, trial, purposes[j]); purposes [n u32], j < n. */
export function firstUniforms(k0: u32, k1: u32, trial: u32, purposes: usize, n: i32, out: usize): void {
  for (let j = 0; j < n; j++) {
    philox(k0, k1, 0, 0, trial, load<u32>(purposes + ((<usize>j) << 2)), BLOCK);
    store<f64>(out + ((<usize>j) << 3), <f64>(load<u64>(BLOCK) >> 11) * TWO_M53);
  }
}

/** out[j] = number `offset` + j of the stream's standard normals, by inversion of 53 bits; j < n. */
export function normals(k0: u32, k1: u32, trial: u32, purpose: u32, offset: u32, n: i32, out: usize): void {
  for (let j = 0; j < n; j++) {
    const bits = bitsAt(k0, k1, trial, purpose, <u64>offset + j, 0);
    // The top bit is the sign, the next 52 say where in (0, 1/2): both tails are equally fine.
    const p = (<f64>((bits >> 11) & 0xfffffffffffff) + 0.5) * TWO_M53;
    const x = normalQuantile(p);
    store<f64>(out + ((<usize>j) << 3), bits >> 63 ? -x : x);
  }
}

/** Number i of the stream's whole numbers in [0, bound), each equally likely; 1 <= bound <= 2^31. */
export function integerAt(k0: u32, k1: u32, trial: u32, purpose: u32, i: u64, bound: u32): u32 {
  const wide = <u64>bound;
  // The first 2^64 mod bound values would make some remainders likelier: those are drawn again.
  const uneven = (0 - wide) % wide;
  let attempt: u32 = 0;
  let bits = bitsAt(k0, k1, trial, purpose, i, attempt);
  while (bits < uneven) bits = bitsAt(k0, k1, trial, purpose, i, ++attempt);
  return <u32>(bits % wide);
}

/** out[j] = number `offset` + j of the stream's whole numbers in [0, bound), as i32; j < n. */
export function integers(
  k0: u32,
  k1: u32,
  trial: u32,
  purpose: u32,
  offset: u32,
  n: i32,
  bound: u32,
  out: usize,
): void {
  for (let j = 0; j < n; j++) {
    store<u32>(out + ((<usize>j) << 2), integerAt(k0, k1, trial, purpose, <u64>offset + j, bound));
  }
}

/** out [n i32] = a permutation of 0 ... n - 1, each equally likely (Fisher and Yates). */
export function permutation(k0: u32, k1: u32, trial: u32, purpose: u32, n: i32, out: usize): void {
  for (let i = 0; i < n; i++) store<i32>(out + ((<usize>i) << 2), i);
  for (let i = n - 1; i > 0; i--) {
    const j = integerAt(k0, k1, trial, purpose, <u64>i, <u32>i + 1);
    const held = load<i32>(out + ((<usize>i) << 2));
    store<i32>(out + ((<usize>i) << 2), load<i32>(out + ((<usize>j) << 2)));
    store<i32>(out + ((<usize>j) << 2), held);
  }
}
