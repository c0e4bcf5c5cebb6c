import { show, VernierError } from "../core/errors.ts";
import type { StoppingRule } from "./stopping-rule.ts";

/** Throws unless `rules` is a list of at least `least` stopping rules. */
export function expectRules(name: string, rules: unknown, least: number): readonly StoppingRule[] {
  const isRule = (rule: unknown): boolean => typeof (rule as StoppingRule | null)?.reasonToStop === "function";
  if (Array.isArray(rules) && rules.length >= least && rules.every(isRule)) return rules;
  const expected = least === 0 ? "a list of stopping rules" : `${least} or more stopping rules`;
  throw new VernierError("invalid-argument", `"${name}": expected ${expected}, got ${show(rules)}`);
}
