// Figures beside a fixed piece of plain JavaScript, the two taking turns in one run: on a machine that others share both
// slow down, and their ratio holds.
import { median } from "../timing/medians.mjs";

const points = Float64Array.from({ length: 1000 }, (_, i) => (i * 0.618034) % 1);

/** A double loop of 5,000,000 multiply-adds. */
function yardstick() {
  let sum = 0;
  for (let turn = 0; turn < 5; turn++) {
    for (const x of points) for (let i = 0; i < 1000; i++) sum += x * points[i];
  }
  if (sum < 0) throw new Error("expected a positive sum");
}

/** Milliseconds that the work took, and those that processors spent on it, compilers' and collectors' threads included. */
async function timed(work) {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { elapsed, spent: (user + system) / 1000 };
}

/**
 * Takes turns of `work`, which does `count` of the things to be timed, and of the yardstick. Of one thing the
 * milliseconds: the first quartile of those elapsed, which others on the machine disturb least; their median; the median
 * of those that processors spent; and how many yardsticks that is. Where rounds are unequal by nature, `mean` takes the
 * mean of what processors spent for the first.
 */
export async function besideYardstick(work, { rounds, count = 1, mean = false }) {
  const works = [];
  const sticks = [];
  for (let round = -2; round < rounds; round++) {
    const stick = await timed(yardstick);
    const time = await timed(work);
    if (round < 0) continue;
    sticks.push(stick);
    works.push(time);
  }
  const elapsed = works.map((time) => time.elapsed / count).sort((a, b) => a - b);
  const spents = works.map((time) => time.spent / count);
  const spent = mean ? spents.reduce((sum, time) => sum + time, 0) / rounds : median(spents);
  return {
    milliseconds: mean ? spent : elapsed[rounds >> 2],
    elapsed: median(elapsed),
    spent,
    ratio: spent / median(sticks.map((time) => time.spent)),
  };
}
