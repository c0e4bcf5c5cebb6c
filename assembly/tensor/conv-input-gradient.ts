import { packColumns, transpose } from "./pack";
import { TILE_BYTES, tileRow } from "./tile";

/** Bytes of workspace for `convInputGradient`. */
export function convInputScratch(taps: i32, inChannels: i32, outChannels: i32): i32 {
  return <i32>TILE_BYTES + taps * outChannels * (16 + ((inChannels + 7) & ~7) * 4);
}

// The gradient of a convolution's input:
//   dx[b, iy, ix, c] = sum over taps fy, fx and channels o of dy[b, oy, ox, o] w[fy, fx, c, o],
//   where oy sy = iy + top - fy ry and ox sx = ix + left - fx rx have a solution inside dy;
// a product of a matrix [positions, taps outChannels], packed from dy as it is needed, and w as [taps outChannels, inChannels].
// In:   dy [batch, outHeight, outWidth, outChannels];  w [filterHeight, filterWidth, inChannels, outChannels];
//       strides sy, sx, dilations ry, rx;  scratch: convInputScratch(taps, inChannels, outChannels) bytes
// Out:  dx [batch, height, width, inChannels], must not overlap the inputs
export function convInputGradient(
  dy: usize,
  w: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  inChannels: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  filterHeight: i32,
  filterWidth: i32,
  sy: i32,
  sx: i32,
  ry: i32,
  rx: i32,
  top: i32,
  left: i32,
  scratch: usize,
): void {
  const taps = filterHeight * filterWidth;
  const depth = taps * outChannels;
  const rows = scratch + TILE_BYTES;
  const columns = rows + ((<usize>depth) << 4);
  for (let tap = 0; tap < taps; tap++) {
    const from = w + ((<usize>(tap * inChannels * outChannels)) << 2);
    packColumns(inChannels, outChannels, from, 1, outChannels, columns + ((<usize>(tap * outChannels)) << 5), depth);
  }
  const positions = batch * height * width;
  for (let p = 0; p < positions; p += 4) {
    const lanes = min(positions - p, 4);
    let to = rows;
    for (let fy = 0; fy < filterHeight; fy++) {
      for (let fx = 0; fx < filterWidth; fx++) {
        const y = top - fy * ry;
        const x = left - fx * rx;
        const s0 = source(p, height, width, outHeight, outWidth, outChannels, sy, sx, y, x);
        const s1 = lanes > 1 ? source(p + 1, height, width, outHeight, outWidth, outChannels, sy, sx, y, x) : -1;
        const s2 = lanes > 2 ? source(p + 2, height, width, outHeight, outWidth, outChannels, sy, sx, y, x) : -1;
        const s3 = lanes > 3 ? source(p + 3, height, width, outHeight, outWidth, outChannels, sy, sx, y, x) : -1;
        const zero = f32x4.splat(0);
        let o = 0;
        for (; o + 4 <= outChannels; o += 4, to += 64) {
          const at = dy + ((<usize>o) << 2);
          transpose(
            s0 < 0 ? zero : v128.load(at + ((<usize>s0) << 2)),
            s1 < 0 ? zero : v128.load(at + ((<usize>s1) << 2)),
            s2 < 0 ? zero : v128.load(at + ((<usize>s2) << 2)),
            s3 < 0 ? zero : v128.load(at + ((<usize>s3) << 2)),
            to,
            16,
          );
        }
        for (; o < outChannels; o++, to += 16) {
          const at = dy + ((<usize>o) << 2);
          store<f32>(to, s0 < 0 ? 0 : load<f32>(at + ((<usize>s0) << 2)));
          store<f32>(to, s1 < 0 ? 0 : load<f32>(at + ((<usize>s1) << 2)), 4);
          store<f32>(to, s2 < 0 ? 0 : load<f32>(at + ((<usize>s2) << 2)), 8);
          store<f32>(to, s3 < 0 ? 0 : load<f32>(at + ((<usize>s3) << 2)), 12);
        }
      }
    }
    tileRow(lanes, inChannels, depth, rows, columns, dx + ((<usize>(p * inChannels)) << 2), inChannels, false, scratch);
  }
}

// Where in dy (in elements) the position meets the tap at (y, x); -1 where it does not.
function source(
  position: i32,
  height: i32,
  width: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  sy: i32,
  sx: i32,
  y: i32,
  x: i32,
): i32 {
  const ix = (position % width) + x;
  const iy = ((position / width) % height) + y;
  if (ix < 0 || iy < 0) return -1;
  const ox = ix / sx;
  const oy = iy / sy;
  if (ox * sx != ix || oy * sy != iy || ox >= outWidth || oy >= outHeight) return -1;
  return (((position / width / height) * outHeight + oy) * outWidth + ox) * outChannels;
}
