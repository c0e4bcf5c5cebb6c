import { show, VernierError } from "../core/errors.ts";
import type { Json } from "../core/json.ts";
import type { JournalRecord } from "../core/record.ts";

type Object = { readonly [key: string]: Json };

// The fields of a record that someone else may have written: the value, checked, or `storage-corrupt`.

export function integerOf(record: JournalRecord, field: string): number {
  const value = record[field];
  return Number.isInteger(value) ? (value as number) : refuse(record, field, "a whole number");
}

export function numberOf(record: JournalRecord, field: string): number {
  const value = record[field];
  return typeof value === "number" ? value : refuse(record, field, "a number");
}

export function textOf(record: JournalRecord, field: string): string {
  const value = record[field];
  return typeof value === "string" ? value : refuse(record, field, "a string");
}

/** A string, or null when the field is null or absent. */
export function optionalTextOf(record: JournalRecord, field: string): string | null {
  const value = record[field];
  return value === null || value === undefined ? null : textOf(record, field);
}

/** Numbers, or null when the field is null or absent. */
export function optionalNumbersOf(record: JournalRecord, field: string): readonly number[] | null {
  const value = record[field];
  if (value === null || value === undefined) return null;
  if (Array.isArray(value) && value.every((item) => typeof item === "number")) return value;
  return refuse(record, field, "a list of numbers");
}

/** An object, or null when the field is null or absent. */
export function objectOf(record: JournalRecord, field: string): Object | null {
  const value = record[field];
  if (value === undefined || value === null) return null;
  if (typeof value === "object" && !Array.isArray(value)) return value as Object;
  return refuse(record, field, "an object");
}

/** The members of an object; none when the field is absent. */
export function membersOf(record: JournalRecord, field: string): [key: string, value: Json][] {
  const value = objectOf(record, field);
  return value === null ? [] : Object.entries(value);
}

export function refuse(record: JournalRecord, field: string, expected: string): never {
  throw new VernierError(
    "storage-corrupt",
    `record with op_code ${record.op_code}: expected "${field}" to be ${expected}, got ${show(record[field])}`,
  );
}
