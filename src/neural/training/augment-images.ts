import type { Augmentation } from "./training-options.ts";
import { cosineAndSine } from "./turn.ts";

interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** How many uniforms `augmentImages` takes for an image. */
export function drawsOfImage({ rotate = 0 }: Augmentation): number {
  return rotate > 0 ? 4 : 3;
}

/**
 * Mirrors images [n, height, width, channels], turns them about their centres, and moves them, as uniforms in [0, 1) say:
 * of `draws` [3 n, or 4 n with `rotate`] each image has three in turn, down, sideways, mirrored; then each has one for its
 * angle. Between pixels they are interpolated linearly; what comes in from outside is 0.
 */
export function augmentImages(
  images: Float32Array,
  size: ImageSize,
  { shift = 0, flip = false, rotate = 0 }: Augmentation,
  draws: ArrayLike<number>,
): Float32Array {
  const length = size.height * size.width * size.channels;
  const count = images.length / length;
  const out = new Float32Array(images.length);
  const offset = (u: number): number => Math.floor(u * (2 * shift + 1)) - shift;
  for (let i = 0; i < count; i++) {
    const change: Change = {
      down: offset(draws[3 * i] as number),
      right: offset(draws[3 * i + 1] as number),
      mirrored: flip && (draws[3 * i + 2] as number) < 0.5,
      angle: rotate > 0 ? (2 * (draws[3 * count + i] as number) - 1) * rotate : 0,
    };
    const [from, to] = [i * length, (i + 1) * length];
    changeImage(images.subarray(from, to), size, change, out.subarray(from, to));
  }
  return out;
}

interface Change {
  readonly down: number;
  readonly right: number;
  readonly mirrored: boolean;
  /** Degrees, clockwise. */
  readonly angle: number;
}

function changeImage(image: Float32Array, size: ImageSize, change: Change, out: Float32Array): void {
  const { height, width, channels } = size;
  const [cosine, sine] = cosineAndSine(change.angle);
  const [middleRow, middleColumn] = [(height - 1) / 2, (width - 1) / 2];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      // Where the pixel was: the changes undone, the last of them first.
      const [y, x] = [row - change.down - middleRow, column - change.right - middleColumn];
      const sourceRow = cosine * y - sine * x + middleRow;
      const turned = cosine * x + sine * y + middleColumn;
      const sourceColumn = change.mirrored ? width - 1 - turned : turned;
      for (let channel = 0; channel < channels; channel++) {
        out[(row * width + column) * channels + channel] = valueAt(image, size, sourceRow, sourceColumn, channel);
      }
    }
  }
}

function valueAt(image: Float32Array, size: ImageSize, row: number, column: number, channel: number): number {
  const { height, width, channels } = size;
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [below, aside] = [row - top, column - left];
  const pixel = (r: number, c: number): number =>
    r < 0 || r >= height || c < 0 || c >= width ? 0 : (image[(r * width + c) * channels + channel] as number);
  const above = (1 - aside) * pixel(top, left) + aside * pixel(top, left + 1);
  return below === 0
    ? above
    : (1 - below) * above + below * ((1 - aside) * pixel(top + 1, left) + aside * pixel(top + 1, left + 1));
}
