// The gradient of a depthwise convolution's filter:
//   dw[fy, fx, c, q] = sum over batch, oy, ox of x[b, oy sy + fy ry - top, ox sx + fx rx - left, c] dy[b, oy, ox, c multiplier + q],
// with x zero outside. Each sum runs over the positions in their order.
// In:   x [batch, height, width, channels];  dy [batch, outHeight, outWidth, channels multiplier]
// Out:  dw [filterHeight, filterWidth, channels, multiplier], must not overlap the inputs
export function depthwiseFilterGradient(
  x: usize,
  dy: usize,
  dw: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  multiplier: i32,
  filterHeight: i32,
  filterWidth: i32,
  sy: i32,
  sx: i32,
  ry: i32,
  rx: i32,
  top: i32,
  left: i32,
): void {
  const outChannels = channels * multiplier;
  memory.fill(dw, 0, (<usize>(filterHeight * filterWidth * outChannels)) << 2);
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ox = 0; ox < outWidth; ox++) {
        const from = dy + ((<usize>(((b * outHeight + oy) * outWidth + ox) * outChannels)) << 2);
        for (let fy = 0; fy < filterHeight; fy++) {
          const iy = oy * sy + fy * ry - top;
          if (<u32>iy >= <u32>height) continue;
          for (let fx = 0; fx < filterWidth; fx++) {
            const ix = ox * sx + fx * rx - left;
            if (<u32>ix >= <u32>width) continue;
            const pixel = x + ((<usize>(((b * height + iy) * width + ix) * channels)) << 2);
            const to = dw + ((<usize>((fy * filterWidth + fx) * outChannels)) << 2);
            addProducts(channels, multiplier, pixel, from, to);
          }
        }
      }
    }
  }
}

function addProducts(channels: i32, multiplier: i32, x: usize, dy: usize, dw: usize): void {
  let c = 0;
  if (multiplier == 1) {
    for (; c + 4 <= channels; c += 4) {
      const at = (<usize>c) << 2;
      v128.store(dw + at, f32x4.add(v128.load(dw + at), f32x4.mul(v128.load(x + at), v128.load(dy + at))));
    }
  }
  for (; c < channels; c++) {
    const value = load<f32>(x + ((<usize>c) << 2));
    for (let o = c * multiplier; o < (c + 1) * multiplier; o++) {
      const at = (<usize>o) << 2;
      store<f32>(dw + at, load<f32>(dw + at) + value * load<f32>(dy + at));
    }
  }
}
