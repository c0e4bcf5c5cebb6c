// Arena over raw memory: every kernel's workspace and every array that crosses the boundary lives here.
//
// Blocks are taken in stack order: mark, alloc ..., release(mark) frees all that came after the mark.
// Blocks are 16-byte aligned, so that v128 loads of even elements never straddle. Memory only grows.
// In the checked (debug) build a fresh or released block is filled with 0xFF bytes: an f64 read
// from it is NaN, so that reading what was never written shows in the result. The unchecked build
// does not fill: a kernel must write what it reads.

const PAGE: usize = 65536;
const POISON: u8 = 0xff;

let top: usize = (__heap_base + 15) & ~15;

/** The arena's current top, to hand back to `arenaRelease`. */
export function arenaMark(): usize {
  return top;
}

/** Takes `bytes` bytes, 16-byte aligned; traps when the memory cannot grow far enough. */
export function arenaAlloc(bytes: usize): usize {
  const block = top;
  const next = (block + bytes + 15) & ~15;
  if (next < block) unreachable();
  const have = <usize>memory.size() * PAGE;
  if (next > have) {
    // Doubling keeps the number of growths (each detaches the host's views) logarithmic.
    const wanted = max(next - have, min(have, 64 * 1024 * 1024));
    const pages = <i32>((wanted + PAGE - 1) / PAGE);
    if (memory.grow(pages) < 0 && memory.grow(<i32>((next - have + PAGE - 1) / PAGE)) < 0) unreachable();
  }
  top = next;
  if (!ASC_NO_ASSERT) memory.fill(block, POISON, next - block);
  return block;
}

/** Frees every block taken since `mark` was read. */
export function arenaRelease(mark: usize): void {
  assert(mark <= top && mark >= ((__heap_base + 15) & ~15), "arenaRelease: not a mark of this arena");
  if (!ASC_NO_ASSERT) memory.fill(mark, POISON, top - mark);
  top = mark;
}
