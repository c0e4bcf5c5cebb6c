import type { FlatSpace } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";

// Memos of what could be computed anew from a sampler's input: they save time and change no answer.

/**
 * What `add` makes of a history, kept between calls: when the next history starts with the very same records,
 * only the new ones are added, else all is made anew.
 */
export function foldHistory<State>(
  create: () => State,
  add: (state: State, trial: TrialRecord) => void,
): (history: readonly TrialRecord[]) => State {
  let seen: TrialRecord[] = [];
  let state = create();
  return (history) => {
    if (!startsWith(history, seen)) {
      seen = [];
      state = create();
    }
    for (let i = seen.length; i < history.length; i++) {
      const trial = history[i] as TrialRecord;
      seen.push(trial);
      add(state, trial);
    }
    return state;
  };
}

function startsWith(history: readonly TrialRecord[], prefix: readonly TrialRecord[]): boolean {
  if (prefix.length > history.length) return false;
  for (let i = 0; i < prefix.length; i++) if (prefix[i] !== history[i]) return false;
  return true;
}

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
