/**
 * Whether the latest report is the first one at or after a checkpoint: checkpoints start at `warmupSteps` and
 * follow every `intervalSteps`, and reports may skip steps.
 */
export function dueAt(
  reports: readonly (readonly [step: number, ...rest: unknown[]])[],
  warmupSteps: number,
  intervalSteps: number,
): boolean {
  const step = reports.at(-1)?.[0];
  if (step === undefined || step < warmupSteps) return false;
  const checkpoint = Math.floor((step - warmupSteps) / intervalSteps) * intervalSteps + warmupSteps;
  return (reports.at(-2)?.[0] ?? -1) < checkpoint;
}
