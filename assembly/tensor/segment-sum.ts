// Sums of rows by segment: out_s = sum of x_i over i with ids_i = s, in the order of i; rows with ids outside are left out.
// In:   x [rows, width] of f32, or of i32 with `whole`;  ids [rows] of i32
// Out:  out [segments, width], must not overlap the inputs
export function segmentSum(rows: i32, width: i32, segments: i32, x: usize, ids: usize, whole: bool, out: usize): void {
  const bytes = (<usize>width) << 2;
  memory.fill(out, 0, <usize>segments * bytes);
  for (let i = 0; i < rows; i++, x += bytes, ids += 4) {
    const segment = load<i32>(ids);
    if (<u32>segment >= <u32>segments) continue;
    const to = out + <usize>segment * bytes;
    let at: usize = 0;
    if (whole) {
      for (; at < bytes; at += 4) store<i32>(to + at, load<i32>(to + at) + load<i32>(x + at));
      continue;
    }
    for (; at + 16 <= bytes; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(x + at)));
    for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(x + at));
  }
}
