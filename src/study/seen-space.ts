import { sameDistribution } from "../core/distribution.ts";
import { foldHistory } from "../core/fold-history.ts";
import type { FlatParam, FlatSpace } from "../core/space.ts";
import type { Visible } from "./visible.ts";

/**
 * Makes the function that gives the space of a history: the declared space followed by the parameters that
 * the history's trials asked for by name while they ran, each with its latest range, in the order in which
 * they were first seen. `names` are those of all parameters that any trial of the study has.
 */
export function createSeenSpace(
  declared: FlatSpace,
): (visible: Pick<Visible, "history">, names: Iterable<string>) => FlatSpace {
  const known = new Set(declared.map((param) => param.name));
  const seenIn = foldHistory(
    () => new Map<string, FlatParam>(),
    (seen, { distributions }) => {
      for (const [name, distribution] of Object.entries(distributions)) {
        if (known.has(name)) continue;
        const before = seen.get(name)?.distribution;
        // The same parameter stays the same object, by which samplers tell that their memos hold.
        if (before !== undefined && sameDistribution(before, distribution)) continue;
        seen.set(name, { name, distribution, when: null });
      }
    },
  );
  return (visible, names) => {
    for (const name of names) if (!known.has(name)) return [...declared, ...seenIn(visible.history).values()];
    return declared;
  };
}
