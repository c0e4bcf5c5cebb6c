import { show, VernierError } from "../core/errors.ts";

const pattern = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(\.\d+)?(?:(Z)|([+-])(\d\d):?(\d\d)(?::\d\d)?)?$/;

// The usual forms, Optuna's and JavaScript's, need no calendar.
const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/;
const javaScripts = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * A journal's moment (`2026-11-23T19:41:37.780041+00:00`) as ISO 8601 in UTC (`2026-11-23T19:41:37.780041Z`),
 * to the digit. A moment without an offset, as Optuna 3 wrote them, is taken for UTC. Throws `storage-corrupt`.
 */
export function readDate(text: string): string {
  return written.test(text) ? `${text.slice(0, 26)}Z` : convert(text);
}

function convert(text: string): string {
  const match = pattern.exec(text);
  if (match === null) {
    throw new VernierError("storage-corrupt", `date: expected ISO 8601, got ${show(text)}`);
  }
  const [, year, month, day, hour, minute, second, fraction = "", , sign, offsetHour = "0", offsetMinute = "0"] = match;
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * (sign === "-" ? -1 : 1);
  if (offset === 0) return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`;
  const minutes = Number(hour) * 60 + Number(minute) - offset;
  const days = Math.floor(minutes / 1440);
  const rest = minutes - days * 1440;
  const date = fromDays(toDays(Number(year), Number(month), Number(day)) + days);
  return `${date}T${two(Math.floor(rest / 60))}:${two(rest % 60)}:${second}${fraction}Z`;
}

/** ISO 8601 as Optuna writes it: offset +00:00, and six digits of a second unless there are none. */
export function writeDate(iso: string): string {
  if (javaScripts.test(iso)) return `${iso.slice(0, 23)}000+00:00`;
  const utc = readDate(iso).slice(0, -1);
  const [seconds, fraction] = utc.split(".");
  return fraction === undefined ? `${seconds}+00:00` : `${seconds}.${fraction.slice(0, 6).padEnd(6, "0")}+00:00`;
}

// Days since 0000-03-01 of the proleptic Gregorian calendar: with March first, the leap day ends the year.
function toDays(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear;
}

function fromDays(days: number): string {
  const era = Math.floor(days / 146097);
  const dayOfEra = days - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
