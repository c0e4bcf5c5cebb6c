import { DEPTH } from "./mat-mul";
import { packColumns } from "./pack";
import { TILE_BYTES, tileRow } from "./tile";

/** Bytes of workspace for `convFilterGradient`. */
export function convFilterScratch(outChannels: i32): i32 {
  return <i32>TILE_BYTES + DEPTH * 16 + DEPTH * ((outChannels + 7) & ~7) * 4;
}

// The gradient of a convolution's filter:
//   dw[fy, fx, c, o] = sum over batch, oy, ox of x[b, oy sy + fy ry - top, ox sx + fx rx - left, c] dy[b, oy, ox, o],
// with x zero outside: the product of a matrix [filterHeight filterWidth inChannels, positions], packed from x as it is needed,
// and dy as [positions, outChannels]. Each sum runs over the positions in their order.
// In:   x [batch, height, width, inChannels];  dy [batch, outHeight, outWidth, outChannels];
//       strides sy, sx, dilations ry, rx;  scratch: convFilterScratch(outChannels) bytes
// Out:  dw [filterHeight, filterWidth, inChannels, outChannels], must not overlap the inputs
export function convFilterGradient(
  x: usize,
  dy: usize,
  dw: usize,
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
  const rows = scratch + TILE_BYTES;
  const columns = rows + ((<usize>DEPTH) << 4);
  const positions = batch * outHeight * outWidth;
  const m = filterHeight * filterWidth * inChannels;
  if (positions == 0) memory.fill(dw, 0, (<usize>(m * outChannels)) << 2);
  for (let p = 0; p < positions; p += DEPTH) {
    const depth = min(positions - p, DEPTH);
    const from = dy + ((<usize>(p * outChannels)) << 2);
    packColumns(outChannels, depth, from, outChannels, 1, columns, depth);
    for (let r = 0; r < m; r += 4) {
      const lanes = min(m - r, 4);
      // Four channels of one tap lie side by side and are one load; else lane by lane.
      const together = (inChannels & 3) == 0;
      const packed = together ? 1 : 4;
      for (let lane = 0; lane < packed; lane++) {
        const to = rows + ((<usize>lane) << 2);
        if (lane >= lanes) {
          for (let i = 0; i < depth; i++) store<f32>(to + ((<usize>i) << 4), 0);
          continue;
        }
        const tap = (r + lane) / inChannels;
        const c = (r + lane) % inChannels;
        const fy = (tap / filterWidth) * ry - top;
        const fx = (tap % filterWidth) * rx - left;
        let ox = p % outWidth;
        let oy = (p / outWidth) % outHeight;
        let b = p / outWidth / outHeight;
        for (let end = to + ((<usize>depth) << 4), at = to; at < end; at += 16) {
          const iy = oy * sy + fy;
          const ix = ox * sx + fx;
          const inside = <u32>iy < <u32>height && <u32>ix < <u32>width;
          const source = x + ((<usize>(((b * height + iy) * width + ix) * inChannels + c)) << 2);
          if (together) v128.store(at, inside ? v128.load(source) : f32x4.splat(0));
          else store<f32>(at, inside ? load<f32>(source) : 0);
          if (++ox == outWidth) {
            ox = 0;
            if (++oy == outHeight) {
              oy = 0;
              b++;
            }
          }
        }
      }
      tileRow(
        lanes,
        outChannels,
        depth,
        rows,
        columns,
        dw + ((<usize>(r * outChannels)) << 2),
        outChannels,
        p > 0,
        scratch,
      );
    }
  }
}
