import type { Augmentation } from "./training-options.ts";

interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Moves and mirrors images [n, height, width, channels], each as three uniforms in [0, 1) of `draws` [3 n] say: down,
 * sideways, mirrored. Pixels that come in from outside are 0.
 */
export function augmentImages(
  images: Float32Array,
  { height, width, channels }: ImageSize,
  { shift = 0, flip = false }: Augmentation,
  draws: ArrayLike<number>,
): Float32Array {
  const size = height * width * channels;
  const out = new Float32Array(images.length);
  const offset = (u: number): number => Math.floor(u * (2 * shift + 1)) - shift;
  for (let i = 0; i * size < images.length; i++) {
    const [down, right] = [offset(draws[3 * i] as number), offset(draws[3 * i + 1] as number)];
    const mirrored = flip && (draws[3 * i + 2] as number) < 0.5;
    for (let row = Math.max(0, down); row < Math.min(height, height + down); row++) {
      for (let column = Math.max(0, right); column < Math.min(width, width + right); column++) {
        const source = mirrored ? width - 1 - (column - right) : column - right;
        const from = i * size + ((row - down) * width + source) * channels;
        out.set(images.subarray(from, from + channels), i * size + (row * width + column) * channels);
      }
    }
  }
  return out;
}
