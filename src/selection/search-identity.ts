import { show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { type Cell, isMissing, isTable, type Table } from "../core/table.ts";
import type { Scorer } from "../metrics/scorer.ts";
import type { Classifier } from "../models/estimator.ts";
import type { Study } from "../study/study.ts";
import type { Core } from "../wasm/core.ts";
import { sha256Hex } from "../wasm/sha256.ts";
import type { FoldedData } from "./training-folds.ts";

/** What the scores of a search depend on beside its candidates; kept with the study as a user attribute. */
export interface SearchIdentity {
  readonly [part: string]: Json;
  readonly estimator: string;
  readonly settings: Json;
  readonly scoring: string;
  /** SHA-256 of X, y and the folds. */
  readonly data: string;
}

const identityAttr = "vernier:search";

// Hashed piece by piece, so that a large table is not copied whole into the core's memory.
const PIECE = 1 << 20;

/** The identity of a search. */
export function searchIdentity(
  core: Core,
  estimator: Classifier<object>,
  scorer: Scorer,
  { X, y, folds }: FoldedData,
): SearchIdentity {
  const rows = folds.map(({ train, test }) => [Array.from(train), Array.from(test)]);
  const shape = isTable(X) ? Object.keys(X) : [X.rows, X.cols];
  const labels = new TextEncoder().encode(JSON.stringify([...shape, y, rows]));
  let data = sha256Hex(core, labels);
  const bytes = isTable(X) ? tableBytes(X) : new Uint8Array(X.data.buffer, X.data.byteOffset, X.data.byteLength);
  for (let start = 0; start < bytes.length; start += PIECE) {
    const before = new TextEncoder().encode(data);
    const piece = bytes.subarray(start, start + PIECE);
    const joined = new Uint8Array(before.length + piece.length);
    joined.set(before);
    joined.set(piece, before.length);
    data = sha256Hex(core, joined);
  }
  // What joins others is not told by its settings alone.
  const settings = estimator.spec === undefined ? { ...estimator.params } : [estimator.params, estimator.spec()];
  return { estimator: estimator.name, settings: settings as unknown as Json, scoring: scorer.name, data };
}

/** The cells of a table, column by column; numbers and the strings that look like them differ. */
function tableBytes(X: Table): Uint8Array {
  const columns = Object.values(X).map((column) =>
    Array.from(column as readonly Cell[], (cell) => (isMissing(cell) ? null : cell)),
  );
  return new TextEncoder().encode(JSON.stringify(columns));
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
  for (const part of Object.keys(identity)) {
    const [before, now] = [JSON.stringify(known[part]), JSON.stringify(identity[part])];
    if (before === now) continue;
    const expected = part === "data" ? "the same X, y and folds as before" : `the same ${part} as before, ${before}`;
    const got = part === "data" ? "others" : now;
    throw new VernierError("study-mismatch", `study ${show(study.name)}: expected ${expected}, got ${got}`);
  }
}
