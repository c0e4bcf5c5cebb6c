import { philox } from "./philox";
import { SOBOL_DIMENSIONS, SOBOL_TABLE } from "./sobol-table";

// Sobol's sequence in base 2 with 32 bits, in Gray-code order: point i is the sum (xor) of the direction numbers
// of the bits of i ^ (i >> 1).
//   V_k = a_1 V_{k-1} ^ ... ^ a_{s-1} V_{k-s+1} ^ V_{k-s} ^ (V_{k-s} >> s),  V_k = m_k 2^(32 - k) for k <= s
// Scrambled (Owen): every bit is flipped or not by a hash of the bits above it, one hash a dimension.
// Beyond the table the dimensions are used again, block after block, each block with its points in a nested random
// order of its own, so that every block is a net and blocks are unrelated.
// Ref:   Joe and Kuo (2008); A. B. Owen (1995); S. Laine and T. Karras, "Stratified sampling for stochastic
//        transparency" (2011), the hash with N. Vegdahl's constants; B. Burley, "Practical hash-based Owen
//        scrambling" (JCGT 2020), also for the blocks.
// Golden: test/vectors/qmc-unscrambled.json

const TWO_M32: f64 = 2.3283064365386963e-10;
const DIRECTIONS: usize = memory.data(128, 16);
const BLOCK: usize = memory.data(16, 16);

/**
 * out [n, d] f64 = points start ... start + n - 1 of d dimensions. With `scrambled` under the stream
 * (k0, k1, trial, purpose) and in the middle of their cells, in (0, 1); without, multiples of 2^-32 in [0, 1).
 */
export function sobol(
  k0: u32,
  k1: u32,
  trial: u32,
  purpose: u32,
  scrambled: i32,
  start: u32,
  n: i32,
  d: i32,
  out: usize,
): void {
  for (let j = 0; j < d; j++) {
    const block = j / SOBOL_DIMENSIONS;
    setDirections(j % SOBOL_DIMENSIONS);
    philox(k0, k1, <u32>j, 0, trial, purpose, BLOCK);
    const seed = load<u32>(BLOCK);
    philox(k0, k1, <u32>block, 1, trial, purpose, BLOCK);
    const order = load<u32>(BLOCK);
    for (let i = 0; i < n; i++) {
      let at = start + <u32>i;
      if (block > 0) at = nestedScramble(at, order);
      let x: u32 = 0;
      for (let bits = at ^ (at >> 1); bits != 0; bits &= bits - 1) {
        x ^= load<u32>(DIRECTIONS + ((<usize>ctz(bits)) << 2));
      }
      const value = scrambled ? (<f64>nestedScramble(x, seed) + 0.5) * TWO_M32 : <f64>x * TWO_M32;
      store<f64>(out + ((<usize>i * <usize>d + <usize>j) << 3), value);
    }
  }
}

/** Stores the 32 direction numbers of dimension j of the table at DIRECTIONS. */
function setDirections(j: i32): void {
  if (j == 0) {
    for (let k = 0; k < 32; k++) store<u32>(DIRECTIONS + ((<usize>k) << 2), (<u32>1) << (31 - k));
    return;
  }
  const word = load<u64>(SOBOL_TABLE + ((<usize>(j - 1)) << 3));
  const s = <i32>(word & 15);
  const inner = <u32>(word >> 4) & ((1 << (s - 1)) - 1);
  let rest = word >> (3 + s);
  for (let k = 0; k < s; k++) {
    const m = ((<u32>rest & ((1 << k) - 1)) << 1) | 1;
    rest >>= k;
    store<u32>(DIRECTIONS + ((<usize>k) << 2), m << (31 - k));
  }
  for (let k = s; k < 32; k++) {
    const first = load<u32>(DIRECTIONS + ((<usize>(k - s)) << 2));
    let v = first ^ (first >> s);
    for (let a = 1; a < s; a++) {
      if ((inner >> (s - 1 - a)) & 1) v ^= load<u32>(DIRECTIONS + ((<usize>(k - a)) << 2));
    }
    store<u32>(DIRECTIONS + ((<usize>k) << 2), v);
  }
}

/** A bijection of 32-bit words in which a bit depends on itself and on the bits above it only. */
function nestedScramble(word: u32, seed: u32): u32 {
  let x = reverse(word);
  x ^= x * 0x3d20adea;
  x += seed;
  x *= (seed >> 16) | 1;
  x ^= x * 0x05526c56;
  x ^= x * 0x53a22864;
  return reverse(x);
}

function reverse(word: u32): u32 {
  let x = word;
  x = ((x >> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  return bswap<u32>(x);
}
