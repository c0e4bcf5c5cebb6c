import { sameDistribution } from "../core/distribution.ts";
import { VernierError } from "../core/errors.ts";
import type { JournalRecord } from "../core/record.ts";
import type { FlatSpace } from "../core/space.ts";
import type { Direction } from "../core/trial.ts";
import { decodeDistribution, encodeDistribution } from "../storages/distribution-json.ts";
import * as op from "../storages/operations.ts";
import type { StudyState } from "../storages/replay.ts";
import type { StudyLog } from "./study-log.ts";

/** What a study must agree on with its log. */
export interface LedgerOptions {
  readonly name: string;
  readonly directions: readonly Direction[];
  readonly space: FlatSpace;
  /** null: the one in the log, else a fresh one. */
  readonly seed: number | null;
  readonly freshSeed: () => number;
}

const seedAttr = "vernier:seed";
const spaceAttr = "vernier:space";

/** Holds the options against what the log says of the study; writes what it does not say yet; gives the seed. */
export async function agree(
  study: StudyState,
  options: LedgerOptions,
  { worker, complete }: StudyLog,
): Promise<number> {
  const refuse = (what: string, expected: string, got: string): never => {
    throw new VernierError(
      "study-mismatch",
      `study "${study.name}", ${what}: expected ${expected} as in the storage, got ${got}`,
    );
  };
  const directions = study.directions.join(", ");
  if (directions !== options.directions.join(", ")) refuse("directions", directions, options.directions.join(", "));

  const drawn = options.seed ?? options.freshSeed();

  // Of two writers that create a study at the same time the first one's word holds.
  function missing(): JournalRecord[] {
    const { [seedAttr]: seed, [spaceAttr]: space } = study.systemAttrs;
    if (space !== undefined && options.space.length > 0) {
      compareSpaces(space as readonly KeptParam[], options.space, refuse);
    }
    if (typeof seed === "number" && options.seed !== null && options.seed !== seed) {
      refuse("seed", String(seed), String(options.seed));
    }
    const records: JournalRecord[] = [];
    if (seed === undefined) records.push(op.studySystemAttr(worker, study.id, seedAttr, drawn));
    if (space === undefined && options.space.length > 0) {
      records.push(op.studySystemAttr(worker, study.id, spaceAttr, options.space.map(keepParam)));
    }
    return records;
  }

  await complete(missing);
  const seed = study.systemAttrs[seedAttr];
  return typeof seed === "number" ? seed : drawn;
}

type KeptParam = { readonly name: string; readonly distribution: string; readonly when: string | null };

function keepParam({ name, distribution, when }: FlatSpace[number]): KeptParam {
  return {
    name,
    distribution: encodeDistribution(distribution),
    when: when === null ? null : `${when.name}=${when.index}`,
  };
}

function compareSpaces(
  kept: readonly KeptParam[],
  space: FlatSpace,
  refuse: (what: string, expected: string, got: string) => never,
): void {
  const names = (params: readonly { readonly name: string }[]): string => params.map(({ name }) => name).join(", ");
  if (names(kept) !== names(space)) refuse("space", names(kept), names(space));
  space.forEach((param, i) => {
    const before = kept[i] as KeptParam;
    const now = keepParam(param);
    const same =
      before.distribution === now.distribution ||
      sameDistribution(decodeDistribution(before.distribution), param.distribution);
    if (!same || before.when !== now.when) refuse(`space "${param.name}"`, before.distribution, now.distribution);
  });
}
