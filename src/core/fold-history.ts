import type { TrialRecord } from "./trial.ts";

/**
 * What `add` makes of a history, kept between calls: when the next history starts with the very same records,
 * only the new ones are added, else all is made anew. A memo: it saves time and changes no answer.
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
