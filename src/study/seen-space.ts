import type { FlatParam, FlatSpace } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";

/**
 * Makes the function that gives the space of a history: the declared space followed by the parameters that
 * the history's trials asked for by name while they ran, each with its latest range, in the order in which
 * they were first seen.
 */
export function createSeenSpace(declared: FlatSpace): (history: readonly TrialRecord[]) => FlatSpace {
  const names = new Set(declared.map((param) => param.name));
  // Records never change: what each one adds is found once.
  const added = new WeakMap<TrialRecord, readonly FlatParam[]>();

  function addedBy(trial: TrialRecord): readonly FlatParam[] {
    let params = added.get(trial);
    if (params === undefined) {
      params = Object.entries(trial.distributions)
        .filter(([name]) => !names.has(name))
        .map(([name, distribution]) => ({ name, distribution, when: null }));
      added.set(trial, params);
    }
    return params;
  }

  return (history) => {
    const seen = new Map<string, FlatParam>();
    for (const trial of history) for (const param of addedBy(trial)) seen.set(param.name, param);
    return seen.size === 0 ? declared : [...declared, ...seen.values()];
  };
}
