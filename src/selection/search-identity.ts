import { show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { type Cell, isMissing, isTable, type Table } from "../core/table.ts";
import type { Study } from "../study/study.ts";
import type { Core } from "../wasm/core.ts";
import { dataHash } from "./data-hash.ts";
import type { Metric } from "./scoring.ts";
import type { SearchTask } from "./search-objective.ts";

/** What the scores of a search depend on beside its candidates; kept with the study as a user attribute. */
export interface SearchIdentity {
  readonly [part: string]: Json;
  readonly estimator: string;
  readonly settings: Json;
  /** The metric's name, or of several a list; one under a name of one's own is "own=metric". */
  readonly scoring: Json;
  /** SHA-256 of X, y, the weights and the folds. */
  readonly data: string;
}

const identityAttr = "vernier:search";

/** The identity of a search; `errorScore` is part of it where it is a number. */
export function searchIdentity(core: Core, { estimator, metrics, data, errorScore }: SearchTask): SearchIdentity {
  const { X, y, weights, folds } = data;
  const rows = folds.map(({ train, test }) => [Array.from(train), Array.from(test)]);
  const shape = isTable(X) ? Object.keys(X) : [X.rows, X.cols];
  const numbers = [isTable(X) ? tableBytes(X) : X.data, y, weights].filter((each) => ArrayBuffer.isView(each));
  const hash = dataHash(core, [...shape, y instanceof Float64Array ? null : y, rows], numbers);
  // What joins others is not told by its settings alone.
  const settings = estimator.spec === undefined ? { ...estimator.params } : [estimator.params, estimator.spec()];
  const names = metrics.map(scoringName);
  const identity = {
    estimator: estimator.name,
    settings: settings as unknown as Json,
    scoring: names.length === 1 ? (names[0] as string) : names,
    data: hash,
  };
  return errorScore === "raise" ? identity : { ...identity, errorScore };
}

/** The cells of a table, column by column; numbers and the strings that look like them differ. */
function tableBytes(X: Table): Uint8Array {
  const columns = Object.values(X).map((column) =>
    Array.from(column as readonly Cell[], (cell) => (isMissing(cell) ? null : cell)),
  );
  return new TextEncoder().encode(JSON.stringify(columns));
}

function scoringName({ name, scorer }: Metric): string {
  return scorer.name === name || scorer.name === "" ? name : `${name}=${scorer.name}`;
}

/**
 * Notes on a new study what it searches, or checks that a continued one searches the same: scores of other data,
 * another estimator or another score cannot stand in one table. Throws `study-mismatch` saying what differs.
 */
export async function claimStudy(
  study: Pick<Study, "name" | "userAttrs" | "setUserAttr">,
  identity: SearchIdentity,
): Promise<void> {
  const known = study.userAttrs[identityAttr] as SearchIdentity | undefined;
  if (known === undefined) {
    await study.setUserAttr(identityAttr, identity);
    return;
  }
  for (const part of Object.keys({ ...known, ...identity })) {
    const [before, now] = [known, identity].map((parts) => JSON.stringify(parts[part]) ?? "none") as [string, string];
    if (before === now) continue;
    const expected = part === "data" ? "the same X, y and folds as before" : `the same ${part} as before, ${before}`;
    const got = part === "data" ? "others" : now;
    throw new VernierError("study-mismatch", `study ${show(study.name)}: expected ${expected}, got ${got}`);
  }
}
