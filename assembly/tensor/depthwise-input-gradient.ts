// The gradient of a depthwise convolution's input:
//   dx[b, iy, ix, c] = sum over output positions, taps and q that meet there of dy[b, oy, ox, c multiplier + q] w[fy, fx, c, q].
// Each sum runs over the output positions in their order.
// In:   dy [batch, outHeight, outWidth, channels multiplier];  w [filterHeight, filterWidth, channels, multiplier]
// Out:  dx [batch, height, width, channels], must not overlap the inputs
export function depthwiseInputGradient(
  dy: usize,
  w: usize,
  dx: usize,
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
  memory.fill(dx, 0, (<usize>(batch * height * width * channels)) << 2);
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
            const to = dx + ((<usize>(((b * height + iy) * width + ix) * channels)) << 2);
            addProducts(channels, multiplier, from, w + ((<usize>((fy * filterWidth + fx) * outChannels)) << 2), to);
          }
        }
      }
    }
  }
}

function addProducts(channels: i32, multiplier: i32, dy: usize, w: usize, dx: usize): void {
  let c = 0;
  if (multiplier == 1) {
    for (; c + 4 <= channels; c += 4) {
      const at = (<usize>c) << 2;
      v128.store(dx + at, f32x4.add(v128.load(dx + at), f32x4.mul(v128.load(dy + at), v128.load(w + at))));
    }
  }
  for (; c < channels; c++) {
    const to = dx + ((<usize>c) << 2);
    let sum = load<f32>(to);
    for (let o = c * multiplier; o < (c + 1) * multiplier; o++) {
      const at = (<usize>o) << 2;
      sum += load<f32>(dy + at) * load<f32>(w + at);
    }
    store<f32>(to, sum);
  }
}
