import type { StoppingRule } from "./stopping-rule.ts";

/** Waits for what any of the rules needs; undefined when nothing is missing. */
export function prepareAll(rules: readonly StoppingRule[]): Promise<void> | undefined {
  const loads = rules.map((rule) => rule.prepare?.()).filter((load) => load !== undefined);
  return loads.length === 0 ? undefined : Promise.all(loads).then(() => undefined);
}
