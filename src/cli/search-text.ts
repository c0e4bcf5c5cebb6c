import type { Found, FoundRow } from "./found.ts";

/** What a search found, for people. */
export function searchSummary({ study, best, table }: Found, seconds: number, journal: string | null): string {
  const top = [...table].sort((a, b) => a.rank - b.rank).slice(0, 3);
  const rows = top.map((row) => `    ${String(row.rank).padStart(3)}. ${score(row)}  ${settings(row.params)}\n`);
  const pruned = prunedOf(study);
  return `${[
    `  best     ${best.mean.toFixed(4)} with ${settings(best.params)}`,
    `  stopped  ${study.stopReason} after ${study.trials.length} trials${pruned > 0 ? `, ${pruned} of them pruned` : ""}, ${seconds.toFixed(1)} s`,
    `  digest   ${study.digest()}`,
    ...(journal === null ? [] : [`  journal  ${journal}`]),
    "  table",
  ].join("\n")}\n${rows.join("")}\n`;
}

/** The same for programs: an object to be written as one line of JSON. */
export function searchJson({ study, best, table }: Found, seconds: number, journal: string | null): object {
  return {
    best: { value: best.mean, params: best.params },
    trials: study.trials.length,
    pruned: prunedOf(study),
    digest: study.digest(),
    stopReason: study.stopReason,
    seconds,
    journal,
    table: table.map(({ params, splits, mean, std, rank }) => ({ params, splits, mean, std, rank })),
  };
}

function prunedOf({ trials }: Found["study"]): number {
  return trials.filter(({ state }) => state === "pruned").length;
}

// A single split has no deviation.
function score({ mean, std, splits }: FoundRow): string {
  return splits.length > 1 ? `${mean.toFixed(4)} ± ${std.toFixed(4)}` : mean.toFixed(4);
}

function settings(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${typeof value === "number" ? Number(value.toPrecision(5)) : value}`)
    .join(" ");
}
