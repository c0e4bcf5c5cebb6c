import { bestDescribe, bestScan, CATEGORY, SET, setAdd } from "./best";
import { mask, scaleH, shift } from "./histogram";

// Splits of a categorical column: categories in the order of G / (H + 10), an initial or a final run of them to the
// left. Categories with little support (H at the node's mean second derivative of fewer than 10 rows) go right.
// Ref: Fisher (1958), On grouping for maximum homogeneity, as in LightGBM and scikit-learn.

const SUPPORT: f64 = 10;
// In the order of G / (H + 10):
const KEYS: usize = memory.data(2048, 16); // f64 [256]
const CODES: usize = memory.data(256, 16); // u8 [256]
const ENTRIES: usize = memory.data(4096, 16); // i64x2 [256]

/** Tries the splits of column f with this histogram; `entry` is the node's. */
export function splitCategories(f: i32, sums: usize, bins: i32, missing: bool, entry: usize): void {
  const total = load<i64>(entry, 8);
  const least = (SUPPORT * <f64>(total & mask)) / <f64>(total >> shift);
  let count = 0;
  for (let code = 0; code < bins + i32(missing); code++) {
    const at = sums + ((<usize>code) << 4);
    const H = <f64>(load<i64>(at, 8) & mask);
    if (load<i64>(at, 8) === 0 || H < least) continue;
    insert(count++, <f64>load<i64>(at) / (H + SUPPORT * scaleH), code);
  }
  if (count < 2) return;
  for (let i = 0; i < count; i++) {
    v128.store(ENTRIES + ((<usize>i) << 4), v128.load(sums + ((<usize>load<u8>(CODES + i)) << 4)));
  }
  const half = (count + 1) >> 1;
  const initial = bestScan(ENTRIES, 16, half, 0, 0);
  if (initial >= 0) describe(f, 0, initial);
  const final = bestScan(ENTRIES + ((<usize>(count - 1)) << 4), -16, half, 0, 0);
  if (final >= 0) describe(f, count - 1 - final, count - 1);
}

/** Puts a category in its place among the first `count`; equal keys by code. */
function insert(count: i32, key: f64, code: i32): void {
  let place = count;
  for (; place > 0; place--) {
    const before = load<f64>(KEYS + ((<usize>(place - 1)) << 3));
    if (before <= key) break;
    store<f64>(KEYS + ((<usize>place) << 3), before);
    store<u8>(CODES + place, load<u8>(CODES + place - 1));
  }
  store<f64>(KEYS + ((<usize>place) << 3), key);
  store<u8>(CODES + place, code);
}

function describe(f: i32, first: i32, last: i32): void {
  bestDescribe(f, CATEGORY);
  memory.fill(SET, 0, 32);
  for (let i = first; i <= last; i++) setAdd(SET, <i32>load<u8>(CODES + i));
}
