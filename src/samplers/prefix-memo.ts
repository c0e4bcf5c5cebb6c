import type { FlatSpace } from "../core/space.ts";
import type { Direction } from "../core/trial.ts";

export { foldHistory } from "../core/fold-history.ts";

// Memos of what could be computed anew from a sampler's input: they save time and change no answer.

/** What `make` makes of a space and directions, kept for as long as the parameters and directions are the same. */
export function memoOfSpace<Made>(
  make: (space: FlatSpace, directions: readonly Direction[]) => Made,
): (space: FlatSpace, directions: readonly Direction[]) => Made {
  let last: { readonly parts: readonly unknown[]; readonly made: Made } | null = null;
  return (space, directions) => {
    const parts = [...directions, ...space];
    const same = last?.parts.length === parts.length && last.parts.every((part, i) => part === parts[i]);
    if (last === null || !same) last = { parts, made: make(space, directions) };
    return last.made;
  };
}
