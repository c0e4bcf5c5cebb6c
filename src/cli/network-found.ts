import type { TrialRecord } from "../core/trial.ts";
import type { TunedNetwork } from "../neural/tuning/tune-network.ts";
import { searchTable } from "../selection/search-result.ts";
import type { Found, FoundRow } from "./found.ts";

/** What `tuneNetwork` found, told as a search over a single fold: its held-out rows. */
export function networkFound({ study, best: { number } }: TunedNetwork): Found {
  const table = searchTable(study.trials.map(heldOut), ["validation"]);
  return { study, table, best: table.find((row) => row.number === number) as FoundRow };
}

// A network reports after each epoch, where a search reports after each fold.
function heldOut(trial: TrialRecord): TrialRecord {
  const scores = trial.state === "complete" ? (trial.values as readonly number[]) : [];
  return { ...trial, intermediate: scores.map((score, fold) => [fold, score]) };
}
