export const schedules = ["constant", "cosine", "step"] as const;

/** How the learning rate falls over a training, see `TrainingOptions.schedule`. */
export type Schedule = (typeof schedules)[number];

/**
 * What the learning rate is multiplied by at `step` of `steps` (from 0), of which the first `warmup` rise from 0: in [0, 1].
 */
export function scheduleFactor(schedule: Schedule, step: number, steps: number, warmup: number): number {
  if (step < warmup) return (step + 1) / (warmup + 1);
  const t = steps > warmup ? (step - warmup) / (steps - warmup) : 0;
  if (schedule === "constant") return 1;
  if (schedule === "step") return t < 0.5 ? 1 : t < 0.75 ? 0.1 : 0.01;
  // (1 + cos(pi t)) / 2 = cos(pi t / 2)^2, whose series needs no host's cosine; 8 terms: within 5e-12.
  const x2 = (Math.PI / 2) * t * ((Math.PI / 2) * t);
  let cosine = 1;
  for (let k = 14; k > 0; k -= 2) cosine = 1 - (cosine * x2) / (k * (k - 1));
  return cosine * cosine;
}
