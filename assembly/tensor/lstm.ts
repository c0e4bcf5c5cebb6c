import { put, take } from "./lanes";
import { sigmoid4, sigmoidSlope4, tanh4, tanhSlope4 } from "./sigmoid-tanh";

// A step of the cell of Hochreiter & Schmidhuber (1997) with the forget gate of Gers et al. (2000), for one row:
//   i, f, o = sigmoid;  g = tanh;  c' = f c + i g;  h' = o tanh(c')
// In:   gates [4 units]: what i, f, o and g are of;  c [units]
// Out:  gates: i, f, o, g;  next: c' [units];  h' [units]
export function lstmStep(units: i32, gates: usize, c: usize, next: usize, h: usize): void {
  const bytes = (<usize>units) << 2;
  for (let j: usize = 0; j < bytes; ) {
    const four = j + 16 <= bytes;
    const at = gates + j;
    const i = sigmoid4(take(at, four));
    const f = sigmoid4(take(at + bytes, four));
    const o = sigmoid4(take(at + bytes * 2, four));
    const g = tanh4(take(at + bytes * 3, four));
    put(at, i, four);
    put(at + bytes, f, four);
    put(at + bytes * 2, o, four);
    put(at + bytes * 3, g, four);
    const carry = f32x4.add(f32x4.mul(f, take(c + j, four)), f32x4.mul(i, g));
    put(next + j, carry, four);
    put(h + j, f32x4.mul(o, tanh4(carry)), four);
    j += four ? 16 : 4;
  }
}

// Its gradient.
// In:   gates, c and next as `lstmStep` left them;  dh, dc [units]: the gradients of h' and, but by way of h', of c'
// Out:  dgates [4 units], of what i, f, o and g are of;  dc: of c;  dh: 0, what h counts for but by way of the gates
export function lstmStepGradient(
  units: i32,
  gates: usize,
  c: usize,
  next: usize,
  dgates: usize,
  dh: usize,
  dc: usize,
): void {
  const bytes = (<usize>units) << 2;
  for (let j: usize = 0; j < bytes; ) {
    const four = j + 16 <= bytes;
    const at = gates + j;
    const to = dgates + j;
    const i = take(at, four);
    const f = take(at + bytes, four);
    const o = take(at + bytes * 2, four);
    const g = take(at + bytes * 3, four);
    const d = take(dh + j, four);
    const u = tanh4(take(next + j, four));
    const slope = f32x4.mul(o, tanhSlope4(u));
    const carry = f32x4.add(take(dc + j, four), f32x4.mul(d, slope));
    put(to, f32x4.mul(f32x4.mul(carry, g), sigmoidSlope4(i)), four);
    put(to + bytes, f32x4.mul(f32x4.mul(carry, take(c + j, four)), sigmoidSlope4(f)), four);
    put(to + bytes * 2, f32x4.mul(f32x4.mul(d, u), sigmoidSlope4(o)), four);
    put(to + bytes * 3, f32x4.mul(f32x4.mul(carry, i), tanhSlope4(g)), four);
    put(dc + j, f32x4.mul(carry, f), four);
    put(dh + j, f32x4.splat(0), four);
    j += four ? 16 : 4;
  }
}
