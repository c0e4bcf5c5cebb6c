// Figures beside a fixed piece of plain JavaScript, the two taking turns in one run: on a machine that others share both
// slow down, and their ratio holds.
import { median } from "../timing/medians.mjs";

const points = Float64Array.from({ length: 1000 }, (_, i) => (i * 0.618034) % 1);

/** Milliseconds of a double loop of 1,000,000 multiply-adds: about one on the machine of NOTES.md. */
export function yardstick() {
  const start = performance.now();
  let sum = 0;
  for (const x of points) for (let i = 0; i < 1000; i++) sum += x * points[i];
  const time = performance.now() - start;
  if (sum < 0) throw new Error("expected a positive sum");
  return time;
}

/**
 * Takes turns of `measure`, which resolves with milliseconds (of one of the things it did), and of the yardstick.
 * The middle ones of both and of their ratio, or with `mean` the mean of the first, where rounds are unequal by nature.
 */
export async function besideYardstick(measure, { rounds, mean = false }) {
  const times = [];
  const lengths = [];
  for (let round = -2; round < rounds; round++) {
    const length = (yardstick() + yardstick()) / 2;
    const time = await measure();
    if (round < 0) continue;
    lengths.push(length);
    times.push(time);
  }
  const middle = median(lengths);
  const milliseconds = mean ? times.reduce((sum, time) => sum + time, 0) / times.length : median(times);
  return { milliseconds, yardstick: middle, ratio: milliseconds / middle };
}
