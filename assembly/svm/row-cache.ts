import { arenaAlloc } from "../memory";
import { sourceRow, swapF64 } from "./source";

// Least-recently-used cache of kernel rows, keyed by position in the binary problem (one problem at a time).
// A slot holds the leading part of a row: the solver asks for active positions only, and a row that is
// wanted longer is computed further, not anew.

let l: i32 = 0;
let slots: i32 = 0;
let used: i32 = 0;
let stride: usize = 0; // bytes from slot to slot
let rows: usize = 0; // f64 [slots, l]
let slotOf: usize = 0; // i32 [l], -1 where the row is not held
let ownerOf: usize = 0; // i32 [slots]
let lengthOf: usize = 0; // i32 [slots]
// Ring of slots from the latest used to the oldest; entry `slots` is its head.
let older: usize = 0; // i32 [slots + 1]
let newer: usize = 0; // i32 [slots + 1]

/** An empty cache for l positions in at most `bytes`, but always of two rows. The caller releases the arena. */
export function cacheOpen(newL: i32, bytes: usize): void {
  l = newL;
  stride = (<usize>l) << 3;
  slots = <i32>min<usize>(<usize>l, max<usize>(2, bytes / stride));
  rows = arenaAlloc(<usize>slots * stride);
  openTables();
  used = 0;
  memory.fill(slotOf, 0xff, (<usize>l) << 2);
}

/** A cache that holds every row already: K [l, l], which swaps will reorder. */
export function cacheOpenFull(newL: i32, K: usize): void {
  l = newL;
  stride = (<usize>l) << 3;
  slots = l;
  rows = K;
  openTables();
  used = slots;
  for (let s = 0; s < slots; s++) {
    put(slotOf, s, s);
    put(ownerOf, s, s);
    put(lengthOf, s, l);
  }
}

/** The address of row t, valid in its first `length` entries until the next but one call. */
export function cacheRow(t: i32, length: i32): usize {
  let slot = get(slotOf, t);
  if (slot < 0) {
    slot = takeSlot();
    put(slotOf, t, slot);
    put(ownerOf, slot, t);
    put(lengthOf, slot, 0);
    if (slots < l) linkNewest(slot);
  } else if (slots < l) {
    unlink(slot);
    linkNewest(slot);
  }
  const row = rows + <usize>slot * stride;
  const held = get(lengthOf, slot);
  if (held < length) {
    sourceRow(t, held, length, row);
    put(lengthOf, slot, length);
  }
  return row;
}

/** Whether row t is held in its first `length` entries: if so its address, else 0. Not counted as a use. */
export function cachePeek(t: i32, length: i32): usize {
  const slot = get(slotOf, t);
  return slot >= 0 && get(lengthOf, slot) >= length ? rows + <usize>slot * stride : 0;
}

/** Exchanges positions s < t, to be called together with `sourceSwap`. */
export function cacheSwap(s: i32, t: i32): void {
  for (let slot = 0; slot < used; slot++) {
    const row = rows + <usize>slot * stride;
    const held = get(lengthOf, slot);
    if (held > t) swapF64(row + ((<usize>s) << 3), row + ((<usize>t) << 3));
    // What comes to position s was never computed: the row ends before it.
    else if (held > s) put(lengthOf, slot, s);
  }
  const slotS = get(slotOf, s);
  const slotT = get(slotOf, t);
  put(slotOf, s, slotT);
  put(slotOf, t, slotS);
  if (slotS >= 0) put(ownerOf, slotS, t);
  if (slotT >= 0) put(ownerOf, slotT, s);
}

function openTables(): void {
  slotOf = arenaAlloc((<usize>l) << 2);
  ownerOf = arenaAlloc((<usize>slots) << 2);
  lengthOf = arenaAlloc((<usize>slots) << 2);
  older = arenaAlloc((<usize>(slots + 1)) << 2);
  newer = arenaAlloc((<usize>(slots + 1)) << 2);
  put(older, slots, slots);
  put(newer, slots, slots);
}

function takeSlot(): i32 {
  if (used < slots) return used++;
  const oldest = get(newer, slots);
  unlink(oldest);
  put(slotOf, get(ownerOf, oldest), -1);
  return oldest;
}

function linkNewest(slot: i32): void {
  const next = get(older, slots);
  put(older, slots, slot);
  put(newer, slot, slots);
  put(older, slot, next);
  put(newer, next, slot);
}

function unlink(slot: i32): void {
  put(older, get(newer, slot), get(older, slot));
  put(newer, get(older, slot), get(newer, slot));
}

function get(table: usize, i: i32): i32 {
  return load<i32>(table + ((<usize>i) << 2));
}

function put(table: usize, i: i32, value: i32): void {
  store<i32>(table + ((<usize>i) << 2), value);
}
