/** Named results; each is computed when it is called. */
export type Results = Readonly<Record<string, () => unknown>>;

const view = new DataView(new ArrayBuffer(8));

// A number as the hex digits of its bits, NaN always as the same; bytes and lists of numbers likewise.
function plain(_key: string, value: unknown): unknown {
  if (value instanceof ArrayBuffer) return { bytes: Array.from(new Uint8Array(value)).join() };
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, bits).join();
  return typeof value === "number" ? bits(value) : value;
}

function bits(value: number): string {
  if (Number.isNaN(value)) return "7ff8000000000000";
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

/** SHA-256 in hex of a value: equal just where every number has the same bits. */
export async function digestOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value, plain));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
