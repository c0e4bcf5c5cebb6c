import type { FlatParam, FlatSpace } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";

/**
 * The declared space followed by the parameters that earlier trials asked for by name while they ran, each
 * with its latest range, in the order in which they were first seen.
 */
export function seenSpace(declared: FlatSpace, history: readonly TrialRecord[]): FlatSpace {
  const names = new Set(declared.map((param) => param.name));
  const seen = new Map<string, FlatParam>();
  for (const trial of history) {
    for (const [name, distribution] of Object.entries(trial.distributions)) {
      if (!names.has(name)) seen.set(name, { name, distribution, when: null });
    }
  }
  return seen.size === 0 ? declared : [...declared, ...seen.values()];
}
