import type { Json } from "../core/json.ts";

// JSON as Python's json module reads and writes it: NaN, Infinity and -Infinity are bare tokens, a number
// with a point or an exponent is a float and any other an int, and what is not ASCII is escaped.

/** Separators of the text: those of json.dumps by default, or none but the signs themselves. */
export interface JsonStyle {
  readonly comma: string;
  readonly colon: string;
}
export const spaced: JsonStyle = { comma: ", ", colon: ": " };
export const compact: JsonStyle = { comma: ",", colon: ":" };

/** A number as Python's repr of a float: shortest digits, `1.0`, `1e-05`, `NaN`, `-Infinity`. */
export function pythonFloat(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "NaN" : x > 0 ? "Infinity" : "-Infinity";
  if (x === 0) return Object.is(x, -0) ? "-0.0" : "0.0";
  // Both languages print the shortest digits that read back as the same number; they differ in where the
  // exponent begins (JavaScript 1e21 and 1e-7, Python 1e16 and 1e-05) and in how it looks.
  const [mantissa, power] = x.toExponential().split("e") as [string, string];
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const size = Math.abs(exponent);
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${size < 10 ? "0" : ""}${size}`;
  }
  return Number.isInteger(x) ? `${x}.0` : String(x);
}

/** A number without a declared type: an int when it is a safe whole number, else a float. */
function pythonNumber(x: number): string {
  return Number.isSafeInteger(x) && !Object.is(x, -0) ? String(x) : pythonFloat(x);
}

/** A string in ASCII. */
export function pythonString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** JSON text of `value`. Members that are undefined are left out. */
export function writeJson(value: Json, style: JsonStyle = compact): string {
  if (typeof value === "string") return pythonString(value);
  if (typeof value === "number") return pythonNumber(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${value.map((item: Json) => writeJson(item, style)).join(style.comma)}]`;
  return writeMembers(value as { readonly [key: string]: Json }, style, (item) => writeJson(item, style));
}

/** JSON text of an object, each member written by `write`. */
export function writeMembers<T extends Json>(
  object: { readonly [key: string]: T },
  style: JsonStyle,
  write: (value: T, key: string) => string,
): string {
  const members: string[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value !== undefined) members.push(pythonString(key) + style.colon + write(value, key));
  }
  return `{${members.join(style.comma)}}`;
}

const stringOrToken = /"(?:[^"\\]|\\.)*"|(?<![\w.])(?:NaN|Infinity)(?![\w.])/g;

/** The value of a JSON text in Python's dialect; throws SyntaxError for anything else. */
export function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
  }
  // JSON.parse has no way to say NaN: say it with a string, and mark every true string as one, so that
  // no text can be mistaken. A number too large for a float reads as an infinity.
  const marked = text.replace(stringOrToken, (token) => {
    if (token === "NaN") return '"n"';
    return token === "Infinity" ? "1e999" : `"s${token.slice(1)}`;
  });
  return unmark(JSON.parse(marked) as Json);
}

function unmark(value: Json): Json {
  if (typeof value === "string") return value === "n" ? Number.NaN : value.slice(1);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unmark);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key === "n") throw new SyntaxError("expected a string as a key, got NaN");
      return [key.slice(1), unmark(item)];
    }),
  );
}
