import { sameItems } from "../core/same-items.ts";
import type { FlatSpace } from "../core/space.ts";
import type { Direction } from "../core/trial.ts";

export { foldHistory } from "../core/fold-history.ts";

// Memos of what could be computed anew from a sampler's input: they save time and change no answer.

/** What `make` makes of a space and directions, kept for as long as the parameters and directions are the same. */
export function memoOfSpace<Made>(
  make: (space: FlatSpace, directions: readonly Direction[]) => Made,
): (space: FlatSpace, directions: readonly Direction[]) => Made {
  let last: { readonly space: FlatSpace; readonly directions: readonly Direction[]; readonly made: Made } | null = null;
  return (space, directions) => {
    if (last === null || !sameItems(space, last.space) || !sameItems(directions, last.directions)) {
      last = { space: [...space], directions: [...directions], made: make(space, directions) };
    }
    return last.made;
  };
}
