import type { Direction, TrialRecord } from "../core/trial.ts";

/** One ladder of successive halving: rung k is reached at step minResource * factor^(early + k). */
export interface Ladder {
  readonly minResource: number;
  /** Of each `factor` trials at a rung one goes on. */
  readonly factor: number;
  /** Rungs left out at the lower end. */
  readonly early: number;
  /** A rung with no more results than this ends every trial. */
  readonly bootstrap: number;
}

/**
 * Whether `trial` fails at a rung that it has reached, among `others` at the same rung.
 *
 * A trial's result at a rung is its first report that is not NaN at or after the rung's step, so all follows
 * from the reports. The last report of a pruned trial counts at one rung only: there it was given up.
 * Every rung reached is judged, not just the latest: what passed once passes again, as long as `others` are
 * the same, and a trial that asks rarely cannot slip by.
 */
export function failsRung(
  ladder: Ladder,
  directions: readonly Direction[],
  trial: TrialRecord,
  others: readonly TrialRecord[],
): boolean {
  const sign = directions[0] === "maximize" ? -1 : 1;
  const own = rungValues(ladder, trial);
  if (own.length === 0 && !nanIsDue(ladder, trial, 0)) return false;
  const rivals = others.map((other) => rungValues(ladder, other));
  for (const [rung, value] of own.entries()) {
    const losses = [sign * value];
    for (const values of rivals) if (rung < values.length) losses.push(sign * (values[rung] as number));
    if (losses.length <= ladder.bootstrap) return true;
    losses.sort((a, b) => a - b);
    // Trials cannot be taken up again: among fewer than `factor` the best alone goes on.
    const last = Math.max(Math.floor(losses.length / ladder.factor) - 1, 0);
    if (sign * value > (losses[last] as number)) return true;
  }
  return nanIsDue(ladder, trial, own.length);
}

// The result at each rung that the trial has reached, from the lowest.
function rungValues(ladder: Ladder, trial: TrialRecord): number[] {
  const values: number[] = [];
  let step = firstStep(ladder);
  for (const [i, [at, value]] of trial.intermediate.entries()) {
    if (Number.isNaN(value)) continue;
    const gaveUpHere = trial.state === "pruned" && i === trial.intermediate.length - 1;
    while (at >= step) {
      values.push(value);
      step *= ladder.factor;
      if (gaveUpHere) break;
    }
  }
  return values;
}

function nanIsDue(ladder: Ladder, trial: TrialRecord, rung: number): boolean {
  const last = trial.intermediate.at(-1);
  if (last === undefined || !Number.isNaN(last[1])) return false;
  let step = firstStep(ladder);
  for (let k = 0; k < rung; k++) step *= ladder.factor;
  return last[0] >= step;
}

function firstStep({ minResource, factor, early }: Ladder): number {
  let step = minResource;
  for (let k = 0; k < early; k++) step *= factor;
  return step;
}

/**
 * The first complete trial by number that reported anything: it sets what is learnt from the data, as it
 * would have done when trials ran one after another. Trials before it and itself take no part in the rungs.
 */
export function measure(history: readonly TrialRecord[]): { readonly number: number; readonly steps: number } | null {
  let first: TrialRecord | null = null;
  for (const trial of history) {
    if (trial.state !== "complete" || trial.intermediate.length === 0) continue;
    if (first === null || trial.number < first.number) first = trial;
  }
  const last = first?.intermediate.at(-1);
  return first === null || last === undefined ? null : { number: first.number, steps: last[0] };
}
