import type { ParamValue } from "./distribution.ts";
import type { TrialRecord } from "./trial.ts";

/**
 * The bytes that a study's digest is taken of: number, state, parameters, values and reports of every
 * trial, as text in UTF-8. Numbers stand as the 16 hex digits of their bits, NaN always as
 * 7ff8000000000000, so that two studies have the same bytes just when they are equal.
 */
export function encodeTrials(trials: readonly TrialRecord[]): Uint8Array {
  const lines = trials.map((trial) => {
    const params = Object.entries(trial.params)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, encodeValue(value)]);
    const intermediate = trial.intermediate.map(([step, value]) => [step, bits(value)]);
    const line = [trial.number, trial.state, params, trial.values?.map(bits) ?? null, intermediate];
    const reports = trial.reports?.map(([step, values]) => [step, values.map(bits)]);
    return JSON.stringify(reports === undefined ? line : [...line, reports]);
  });
  return new TextEncoder().encode(lines.join("\n"));
}

function encodeValue(value: ParamValue): unknown {
  return typeof value === "number" ? { f64: bits(value) } : value;
}

const view = new DataView(new ArrayBuffer(8));

function bits(value: number): string {
  if (Number.isNaN(value)) return "7ff8000000000000";
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}
