/** The middle one of the times. */
export function median(times) {
  return times.toSorted((a, b) => a - b)[times.length >> 1];
}

/** Calls `body` in growing batches for about `roundMs`, at least once; nanoseconds a call. */
export function nanoseconds(body, roundMs) {
  let calls = 0;
  let batch = 1;
  const start = performance.now();
  let now = start;
  while (now - start < roundMs) {
    for (let i = 0; i < batch; i++) body();
    calls += batch;
    batch *= 2;
    now = performance.now();
  }
  return ((now - start) * 1e6) / calls;
}

/**
 * Medians of nanoseconds a call over `rounds`, after one that does not count; the contestants take turns, so
 * that a slow spell of the machine hits all.
 */
export function medians(contestants, { rounds, roundMs }) {
  const times = contestants.map(() => []);
  for (const body of contestants) nanoseconds(body, roundMs);
  for (let round = 0; round < rounds; round++) {
    contestants.forEach((body, i) => times[i].push(nanoseconds(body, roundMs)));
  }
  return times.map(median);
}
