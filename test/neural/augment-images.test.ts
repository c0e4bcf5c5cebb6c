import { describe, expect, test } from "vitest";
import { augmentImages } from "../../src/neural/training/augment-images.ts";
import type { Augmentation } from "../../src/neural/training/training-options.ts";
import { cosineAndSine } from "../../src/neural/training/turn.ts";
import { defaultCore } from "../../src/wasm/default-core.ts";
import { uniforms } from "../../src/wasm/random.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";

const numbers = (purpose: string, count: number): Float64Array =>
  uniforms(defaultCore(), { seed: 1, trial: 0, purpose }, count);

const square = { height: 6, width: 6, channels: 2 };
const pixelsOf = ({ height, width, channels }: typeof square, count: number = 1): Float32Array =>
  Float32Array.from(numbers("pixels", count * height * width * channels));

/** One image, changed by draws that say exactly how. */
function change(image: Float32Array, size: typeof square, down: number, right: number, flip: boolean, degrees: number) {
  const augmentation: Required<Augmentation> = { shift: 2, flip: true, rotate: 180 };
  const draws = [(down + 2.5) / 5, (right + 2.5) / 5, flip ? 0 : 0.75, (degrees / 180 + 1) / 2];
  return augmentImages(image, size, augmentation, draws);
}

/** The same by the host's trigonometry and by weights of all pixels of the image. */
function expected(
  image: Float32Array,
  size: typeof square,
  down: number,
  right: number,
  flip: boolean,
  degrees: number,
) {
  const { height, width, channels } = size;
  const angle = (degrees * Math.PI) / 180;
  return image.map((_, at) => {
    const channel = at % channels;
    const column = Math.floor(at / channels) % width;
    const row = Math.floor(at / channels / width);
    const y = row - down - (height - 1) / 2;
    const x = column - right - (width - 1) / 2;
    const sourceY = y * Math.cos(angle) - x * Math.sin(angle) + (height - 1) / 2;
    const sourceX = (flip ? -1 : 1) * (y * Math.sin(angle) + x * Math.cos(angle)) + (width - 1) / 2;
    let sum = 0;
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const weight = Math.max(0, 1 - Math.abs(sourceY - i)) * Math.max(0, 1 - Math.abs(sourceX - j));
        sum += weight * (image[(i * width + j) * channels + channel] as number);
      }
    }
    return sum;
  });
}

describe("augmented images", () => {
  test.each([
    [0, 0, false, 0],
    [1, -2, true, 0],
    [0, 0, false, 17],
    [0, 0, true, -63.5],
    [2, 1, true, 141],
    [-1, 0, false, 180],
  ] as const)("down %i, right %i, mirrored %s, %d degrees", (down, right, flip, degrees) => {
    for (const size of [square, { height: 5, width: 8, channels: 1 }]) {
      const image = pixelsOf(size);
      const found = change(image, size, down, right, flip, degrees);
      const wanted = expected(image, size, down, right, flip, degrees);
      found.forEach((value, at) => expect(value).toBeCloseTo(wanted[at] as number, 6));
    }
  });

  test("without a change it is the image, to the bit", () => {
    const images = pixelsOf(square, 5);
    expect(augmentImages(images, square, {}, numbers("draws", 15))).toEqual(images);
  });

  test("a quarter turn moves every pixel to another's place, to the bit", () => {
    const { width } = square;
    const image = pixelsOf(square);
    const turned = augmentImages(image, square, { rotate: 90 }, [0, 0, 0, 0]);
    const pixel = (of: Float32Array, row: number, column: number) =>
      [...of.subarray((row * width + column) * 2)].slice(0, 2);
    for (let row = 0; row < width; row++) {
      for (let column = 0; column < width; column++) {
        // Counterclockwise: the right edge becomes the top.
        expect(pixel(turned, row, column)).toEqual(pixel(image, column, width - 1 - row));
      }
    }
    let fourTimes = image;
    for (let k = 0; k < 4; k++) fourTimes = augmentImages(fourTimes, square, { rotate: 90 }, [0, 0, 0, 0]);
    expect(fourTimes).toEqual(image);
  });

  test("turning keeps the sum of what is far from the edges", () => {
    const size = { height: 21, width: 21, channels: 1 };
    const blob = Float32Array.from({ length: 441 }, (_, at) => {
      const [y, x] = [Math.floor(at / 21) - 10, (at % 21) - 10];
      return Math.max(0, 1 - Math.sqrt((y - 2) * (y - 2) + (x + 1) * (x + 1)) / 5);
    });
    const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);
    for (const degrees of [5, 30, 45, 77, 120]) {
      const turned = change(blob, size, 0, 0, false, degrees);
      expect(Math.abs(sum(turned) / sum(blob) - 1)).toBeLessThan(0.01);
      expect(turned).not.toEqual(blob);
    }
  });

  test("shifts and mirrorings are those without turns, and the draws are pinned", () => {
    const images = pixelsOf(square, 20);
    const draws = numbers("draws", 80);
    const digest = (augmentation: Augmentation): string => {
      const found = augmentImages(images, square, augmentation, draws);
      return sha256Hex(defaultCore(), new Uint8Array(found.buffer)).slice(0, 16);
    };
    expect(digest({ shift: 1, flip: true })).toBe("fa7c466ded6021db");
    expect(digest({ shift: 1, flip: true, rotate: 0 })).toBe(digest({ shift: 1, flip: true }));
    expect(digest({ shift: 1, flip: true, rotate: 30 })).toBe("b5d9ba2a3696fad1");
  });

  test("cosine and sine are the host's to 1e-15", () => {
    for (let degrees = -400; degrees <= 400; degrees += 0.5) {
      const [cosine, sine] = cosineAndSine(degrees);
      expect(Math.abs(cosine - Math.cos((degrees * Math.PI) / 180))).toBeLessThan(3e-15);
      expect(Math.abs(sine - Math.sin((degrees * Math.PI) / 180))).toBeLessThan(3e-15);
    }
    expect([0, 90, 180, 270].map((degrees) => cosineAndSine(degrees).map((value) => value + 0))).toEqual([
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ]);
  });
});
