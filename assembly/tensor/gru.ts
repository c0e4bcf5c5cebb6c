import { put, take } from "./lanes";
import { sigmoid4, sigmoidSlope4, tanh4, tanhSlope4 } from "./sigmoid-tanh";

// A step of the gated recurrent unit of Cho et al. (2014) that resets after the product, for one row:
//   z, r = sigmoid;  g = tanh(x + r a);  h' = g + z (h - g)
// In:   gates [4 units]: what z and r are of, then a and x;  h [units]
// Out:  gates: z, r, a, g;  next: h' [units]
export function gruStep(units: i32, gates: usize, h: usize, next: usize): void {
  const bytes = (<usize>units) << 2;
  for (let j: usize = 0; j < bytes; ) {
    const four = j + 16 <= bytes;
    const at = gates + j;
    const z = sigmoid4(take(at, four));
    const r = sigmoid4(take(at + bytes, four));
    const a = take(at + bytes * 2, four);
    const g = tanh4(f32x4.add(take(at + bytes * 3, four), f32x4.mul(r, a)));
    put(at, z, four);
    put(at + bytes, r, four);
    put(at + bytes * 3, g, four);
    put(next + j, f32x4.add(g, f32x4.mul(z, f32x4.sub(take(h + j, four), g))), four);
    j += four ? 16 : 4;
  }
}

// Its gradient.
// In:   gates and h as `gruStep` left them;  dh [units]: the gradient of h'
// Out:  dgates [4 units], of what z and r are of, of a and of x;  dh: of h, but by way of the gates
export function gruStepGradient(units: i32, gates: usize, h: usize, dgates: usize, dh: usize): void {
  const bytes = (<usize>units) << 2;
  for (let j: usize = 0; j < bytes; ) {
    const four = j + 16 <= bytes;
    const at = gates + j;
    const to = dgates + j;
    const z = take(at, four);
    const r = take(at + bytes, four);
    const a = take(at + bytes * 2, four);
    const g = take(at + bytes * 3, four);
    const d = take(dh + j, four);
    const fresh = f32x4.mul(f32x4.sub(d, f32x4.mul(d, z)), tanhSlope4(g));
    put(to, f32x4.mul(f32x4.mul(d, f32x4.sub(take(h + j, four), g)), sigmoidSlope4(z)), four);
    put(to + bytes, f32x4.mul(f32x4.mul(fresh, a), sigmoidSlope4(r)), four);
    put(to + bytes * 2, f32x4.mul(fresh, r), four);
    put(to + bytes * 3, fresh, four);
    put(dh + j, f32x4.mul(d, z), four);
    j += four ? 16 : 4;
  }
}
