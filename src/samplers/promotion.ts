import { isFeasible } from "../core/constraints.ts";
import { type Direction, loss, type TrialRecord } from "../core/trial.ts";

/** A configuration is known by the number of the trial that tried it first. */
export interface PromotionNames {
  /** The parameter that says how much a trial may use. */
  readonly resource: string;
  /** The parameter that says which configuration a trial goes on with; negative: one of its own. */
  readonly origin: string;
}

/** The trials at one rung. */
interface AtRung {
  /** Complete trials. */
  readonly done: TrialRecord[];
  /** Origins of all trials there, in whatever state: each comes to a rung once. */
  readonly reached: Set<number>;
}

/** Whose configuration a trial has, by its number and the value of its parameter. */
export function firstTrial(number: number, origin: number): number {
  return origin < 0 ? number : origin;
}

/** The same of a record. */
export function originOf({ number, internal }: TrialRecord, { origin }: PromotionNames): number {
  return firstTrial(number, internal[origin] as number);
}

/**
 * What each rung gives, ascending: minResource times the powers of `factor`, up to half of maxResource, and then
 * maxResource itself.
 */
export function rungResources(minResource: number, maxResource: number, factor: number): readonly number[] {
  const rungs: number[] = [];
  for (let resource = minResource; 2 * resource <= maxResource; resource *= factor) rungs.push(resource);
  return [...rungs, maxResource];
}

/**
 * The trial whose configuration goes up next and the resource that it gets there, or null when none may: from the highest
 * rung down the best of those that are among the first 1 / factor of a rung's complete trials and have not come to the
 * next one. Of equal trials the lower number is better, feasible ones are better than all others, NaN never goes up.
 */
export function nextPromotion(
  trials: readonly TrialRecord[],
  rungs: readonly number[],
  factor: number,
  directions: readonly Direction[],
  names: PromotionNames,
): { readonly trial: TrialRecord; readonly resource: number } | null {
  const levels = rungs.map((): AtRung => ({ done: [], reached: new Set() }));
  for (const trial of trials) {
    const level = levels[rungs.indexOf(trial.internal[names.resource] as number)];
    level?.reached.add(originOf(trial, names));
    if (trial.state === "complete") level?.done.push(trial);
  }
  for (let rung = rungs.length - 2; rung >= 0; rung--) {
    const { done } = levels[rung] as AtRung;
    const { reached } = levels[rung + 1] as AtRung;
    const trial = best(done, Math.floor(done.length / factor), directions).find(
      (candidate) => !reached.has(originOf(candidate, names)),
    );
    if (trial !== undefined) return { trial, resource: rungs[rung + 1] as number };
  }
  return null;
}

function best(trials: readonly TrialRecord[], count: number, directions: readonly Direction[]): TrialRecord[] {
  const ranked = trials.flatMap((trial) => {
    const value = loss(trial, directions);
    return value === null || Number.isNaN(value) ? [] : [{ trial, value, feasible: isFeasible(trial) }];
  });
  ranked.sort((a, b) => {
    if (a.feasible !== b.feasible) return a.feasible ? -1 : 1;
    if (a.value !== b.value) return a.value < b.value ? -1 : 1;
    return a.trial.number - b.trial.number;
  });
  return ranked.slice(0, count).map(({ trial }) => trial);
}
