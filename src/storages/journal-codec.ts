import { show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import { type JournalRecord, Op } from "../core/record.ts";
import { decodeDistribution } from "./distribution-json.ts";
import { compact, parseJson, pythonFloat, writeJson, writeMembers } from "./python-json.ts";

/**
 * One line of Optuna's journal, without its line end. Objective values, reports and the internal values of
 * float and int parameters are written as floats (`1.0`), for a reader that tells them from ints.
 */
export function encodeRecord(record: JournalRecord): string {
  return writeMembers<Json>(record, compact, (value, field) => {
    switch (field) {
      case "value":
      case "intermediate_value":
      case "values":
      case "intermediate_values":
        return asFloats(value);
      case "param_value_internal":
        return isIndex(record.distribution) ? writeJson(value) : asFloats(value);
      case "params":
        return record.op_code === Op.createTrial ? templateParams(record, value) : writeJson(value);
      default:
        return writeJson(value);
    }
  });
}

/** Numbers as floats, in a list or an object of numbers too; what is none is written as it is. */
function asFloats(value: Json): string {
  if (typeof value === "number") return pythonFloat(value);
  if (Array.isArray(value)) return `[${value.map(asFloats).join(compact.comma)}]`;
  if (typeof value !== "object" || value === null) return writeJson(value);
  return writeMembers(value as { readonly [key: string]: Json }, compact, asFloats);
}

function templateParams(record: JournalRecord, params: Json): string {
  const distributions = (record.distributions ?? {}) as { readonly [name: string]: Json };
  return writeMembers(params as { readonly [name: string]: Json }, compact, (value, name) =>
    isIndex(distributions[name]) ? writeJson(value) : asFloats(value),
  );
}

function isIndex(distribution: Json | undefined): boolean {
  if (typeof distribution !== "string") return false;
  // As this library and Optuna write them; others are read.
  if (distribution.startsWith('{"name": "FloatDistribution"')) return false;
  if (distribution.startsWith('{"name": "IntDistribution"')) return false;
  return decodeDistribution(distribution).type === "categorical";
}

/** Where a piece of a journal comes from, for the messages. */
export interface JournalPlace {
  readonly file: string;
  /** Number of the text's first line, from 1. */
  readonly line: number;
}

/**
 * The records of a journal's text. A last line without its line end is being written still, or was torn off:
 * it is ignored. Throws `storage-corrupt` with the file and the line for whatever is not a journal.
 */
export function decodeLines(text: string, place: JournalPlace): JournalRecord[] {
  const lines = text.split("\n");
  lines.pop();
  return lines.map((line, i) => decodeLine(line, { file: place.file, line: place.line + i }));
}

function decodeLine(line: string, place: JournalPlace): JournalRecord {
  const record = tryParse(line);
  if (typeof record === "object" && record !== null && !Array.isArray(record)) {
    const { op_code, worker_id } = record as { readonly [field: string]: Json };
    if (Number.isInteger(op_code) && typeof worker_id === "string") return record as JournalRecord;
  }
  throw new VernierError(
    "storage-corrupt",
    `"${place.file}", line ${place.line}: expected a journal record (JSON with op_code and worker_id), got ${show(line)}`,
  );
}

function tryParse(line: string): Json {
  try {
    return parseJson(line);
  } catch {
    return null;
  }
}
