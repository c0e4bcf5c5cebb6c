// The gradient of max-pooling: what comes to a window goes to its maximum, to the first in row order where several are equal.
// In:   x [batch, height, width, channels];  dy [batch, outHeight, outWidth, channels];
//       windows of [filterHeight, filterWidth] every [strideHeight, strideWidth], the first at (-top, -left);
//       what lies outside x takes no part
// Out:  dx, as x, must not overlap the inputs
export function maxPoolGradient(
  x: usize,
  dy: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
  top: i32,
  left: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const image = pixel * (<usize>height * <usize>width);
  memory.fill(dx, 0, image * <usize>batch);
  for (let b = 0; b < batch; b++, x += image, dx += image) {
    for (let oy = 0; oy < outHeight; oy++) {
      const y0 = max(oy * strideHeight - top, 0);
      const y1 = min(oy * strideHeight - top + filterHeight, height);
      for (let ox = 0; ox < outWidth; ox++, dy += pixel) {
        const x0 = max(ox * strideWidth - left, 0);
        const x1 = min(ox * strideWidth - left + filterWidth, width);
        if (y0 >= y1 || x0 >= x1) continue;
        windowGradient(x, dy, dx, width, pixel, y0, y1, x0, x1);
      }
    }
  }
}

function windowGradient(
  x: usize,
  dy: usize,
  dx: usize,
  width: i32,
  pixel: usize,
  y0: i32,
  y1: i32,
  x0: i32,
  x1: i32,
): void {
  const first = <usize>(y0 * width + x0) * pixel;
  const across = <usize>(x1 - x0) * pixel;
  const down = <usize>width * pixel;
  const end = first + <usize>(y1 - y0) * down;
  let c: usize = 0;
  for (; c + 16 <= pixel; c += 16) {
    let best = f32x4.splat(-Infinity);
    let where = i32x4.splat(<i32>first);
    for (let row = first; row < end; row += down) {
      for (let at = row; at < row + across; at += pixel) {
        const value = v128.load(x + at + c);
        const more = f32x4.gt(value, best);
        best = v128.bitselect(value, best, more);
        where = v128.bitselect(i32x4.splat(<i32>at), where, more);
      }
    }
    give(dx + c + <usize>i32x4.extract_lane(where, 0), dy + c);
    give(dx + c + 4 + <usize>i32x4.extract_lane(where, 1), dy + c + 4);
    give(dx + c + 8 + <usize>i32x4.extract_lane(where, 2), dy + c + 8);
    give(dx + c + 12 + <usize>i32x4.extract_lane(where, 3), dy + c + 12);
  }
  for (; c < pixel; c += 4) {
    let best: f32 = -Infinity;
    let where = first;
    for (let row = first; row < end; row += down) {
      for (let at = row; at < row + across; at += pixel) {
        const value = load<f32>(x + at + c);
        if (value > best) {
          best = value;
          where = at;
        }
      }
    }
    give(dx + c + where, dy + c);
  }
}

function give(to: usize, from: usize): void {
  store<f32>(to, load<f32>(to) + load<f32>(from));
}
