import { readFileSync } from "node:fs";

/** The candidates of a search of jobs.json: its own, or every so many of a file's. */
export function candidatesOf({ candidates, file, first, every }) {
  if (candidates !== undefined) return candidates;
  const all = JSON.parse(readFileSync(new URL(`../peers/${file}`, import.meta.url), "utf8")).candidates;
  return all.filter((_, i) => i >= first && (i - first) % every === 0);
}
