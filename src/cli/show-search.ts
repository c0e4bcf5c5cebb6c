import type { SearchOptions } from "../selection/search-options.ts";
import type { Found } from "./found.ts";
import { createProgress } from "./progress.ts";
import { searchJson, searchSummary } from "./search-text.ts";

export interface ShowOptions {
  /** Trials at most. */
  readonly trials: number;
  /** The journal's path, or null for none. */
  readonly journal: string | null;
  /** Whether programs read: one line of JSON and no progress. */
  readonly json: boolean;
  /** What the line of JSON begins with. */
  readonly label?: Readonly<Record<string, string>>;
}

/** Runs a search, shows how it goes and then what it found. */
export async function showSearch(
  search: (watched: Required<Pick<SearchOptions, "onTrial">>) => Promise<Found>,
  { trials, journal, json, label = {} }: ShowOptions,
): Promise<void> {
  const startedAt = performance.now();
  const progress = json ? null : createProgress(process.stdout, trials);
  const found = await search({ onTrial: (trial) => progress?.update(trial) });
  progress?.end();
  const seconds = (performance.now() - startedAt) / 1000;
  const text = json
    ? `${JSON.stringify({ ...label, ...searchJson(found, seconds, journal) })}\n`
    : searchSummary(found, seconds, journal);
  process.stdout.write(text);
}
