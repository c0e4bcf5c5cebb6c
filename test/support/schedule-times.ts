/** When each trial starts and ends. */
export interface ScheduleTimes {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** When the last trial has ended. */
  readonly makespan: number;
}

/**
 * The times of trials that start in the order of their numbers: trial k once a worker is free and, with a `lag`, the
 * trials up to k - lag have ended. Without one (null) it is the eager schedule.
 */
export function scheduleTimes(durations: readonly number[], workers: number, lag: number | null): ScheduleTimes {
  const free = new Array<number>(workers).fill(0);
  const starts: number[] = [];
  const ends: number[] = [];
  let known = 0;
  for (const [number, duration] of durations.entries()) {
    if (lag !== null && number >= lag) known = Math.max(known, ends[number - lag] as number);
    const worker = free.indexOf(Math.min(...free));
    const start = Math.max(free[worker] as number, known);
    starts.push(start);
    ends.push(start + duration);
    free[worker] = start + duration;
  }
  return { starts, ends, makespan: Math.max(0, ...ends) };
}
