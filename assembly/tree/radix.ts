// Ascending sort of records (key << 32 | payload), u64, by key.

const FEW: i32 = 32;
const MANY: i32 = 200;
const COUNTS: usize = memory.data(1024, 16);

/** Sorts records [n], keys below 2^bits; `spare` has room for n. Returns where the result stands: one of the two. */
export function radixSort(records: usize, n: i32, bits: i32, spare: usize): usize {
  if (n <= FEW) {
    insertionSort(records, n);
    return records;
  }
  // Short lists are not worth long tables of counts.
  const digit = n < MANY ? 5 : 8;
  const mask = ((<usize>1) << digit) - 1;
  const tableEnd = COUNTS + ((<usize>4) << digit);
  for (let shift: u64 = 32; shift < <u64>(32 + bits); shift += digit) {
    const last = records + ((<usize>n) << 3);
    memory.fill(COUNTS, 0, tableEnd - COUNTS);
    for (let at = records; at < last; at += 8) {
      const count = COUNTS + ((<usize>(load<u64>(at) >> shift) & mask) << 2);
      store<u32>(count, load<u32>(count) + 1);
    }
    let place = spare;
    for (let count = COUNTS; count < tableEnd; count += 4) {
      const size = (<usize>load<u32>(count)) << 3;
      store<u32>(count, <u32>place);
      place += size;
    }
    for (let at = records; at < last; at += 8) {
      const record = load<u64>(at);
      const count = COUNTS + ((<usize>(record >> shift) & mask) << 2);
      const to = load<u32>(count);
      store<u64>(to, record);
      store<u32>(count, to + 8);
    }
    const sorted = spare;
    spare = records;
    records = sorted;
  }
  return records;
}

function insertionSort(records: usize, n: i32): void {
  const end = records + ((<usize>n) << 3);
  for (let next = records + 8; next < end; next += 8) {
    const record = load<u64>(next);
    let place = next;
    for (; place > records && load<u64>(place - 8) > record; place -= 8) store<u64>(place, load<u64>(place - 8));
    store<u64>(place, record);
  }
}
