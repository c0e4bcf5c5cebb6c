import type { Json } from "./json.ts";

/**
 * One line of the log: an operation of Optuna's journal (op codes 0 to 9; readers skip those they do not
 * know), with the field names that Optuna's files have.
 * Source: the format of optuna.storages.journal (5.0), as read in files that it wrote.
 */
export type JournalRecord = { readonly op_code: number; readonly worker_id: string } & {
  readonly [field: string]: Json;
};

export const Op = {
  createStudy: 0,
  deleteStudy: 1,
  studyUserAttr: 2,
  studySystemAttr: 3,
  createTrial: 4,
  trialParam: 5,
  trialState: 6,
  intermediateValue: 7,
  trialUserAttr: 8,
  trialSystemAttr: 9,
} as const;
