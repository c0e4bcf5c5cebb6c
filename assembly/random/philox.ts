// Philox4x32-10: a keyed bijection of 128-bit counters; distinct counters give independent-looking words.
//   round: (hi, lo) = M c for the even words; c = (hi1 ^ c1 ^ k0, lo1, hi0 ^ c3 ^ k1, lo0); k += W; ten rounds
// Ref:   J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC 2011).
// Golden: the known-answer vectors of the Random123 distribution, in test/assembly/random.test.ts
//
// A stream is named by four words: key = seed (k0 low, k1 high), counter = (block, attempt, trial, purpose).
// Block b of a stream holds its words 4 b ... 4 b + 3; attempt is 0 but where a draw must be repeated.

const M0: u64 = 0xd2511f53;
const M1: u64 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

/** Stores the four words of the counter (c0, c1, c2, c3) under the key (k0, k1) at `out` [4 u32]. */
export function philox(k0: u32, k1: u32, c0: u32, c1: u32, c2: u32, c3: u32, out: usize): void {
  for (let round = 0; round < 10; round++) {
    const p0 = M0 * <u64>c0;
    const p1 = M1 * <u64>c2;
    c0 = <u32>(p1 >> 32) ^ c1 ^ k0;
    c1 = <u32>p1;
    c2 = <u32>(p0 >> 32) ^ c3 ^ k1;
    c3 = <u32>p0;
    k0 += W0;
    k1 += W1;
  }
  store<u32>(out, c0);
  store<u32>(out, c1, 4);
  store<u32>(out, c2, 8);
  store<u32>(out, c3, 12);
}
