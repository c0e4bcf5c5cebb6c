import { defaultLag } from "./optimize.ts";
import type { OptimizeOptions } from "./optimize-options.ts";

/** Options with which one thread makes the study that as many workers as they say would make, learning as late as they. */
export function inOneThread<O extends OptimizeOptions>(options: O, seed: number | undefined): O {
  const { workers = 1 } = options;
  const schedule = options.schedule ?? (seed === undefined ? "eager" : "reproducible");
  if (schedule === "eager") return { ...options, workers: 1 };
  return { ...options, workers: 1, lag: options.lag ?? defaultLag(workers) };
}
