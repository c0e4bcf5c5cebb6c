import type { StoppingRule } from "./stopping-rule.ts";
import { expectRules } from "./expect-rules.ts";
import { prepareAll } from "./prepare-all.ts";

/** Stops as soon as one of the rules does, for its reason; of several, that of the first in the list. */
export function anyOf(...rules: readonly StoppingRule[]): StoppingRule {
  expectRules("anyOf", rules, 1);
  return {
    prepare: () => prepareAll(rules),
    reasonToStop(input) {
      for (const rule of rules) {
        const reason = rule.reasonToStop(input);
        if (reason !== null) return reason;
      }
      return null;
    },
  };
}

/** Stops when all of the rules do at the same time; the reason names all of theirs: "patience and cost". */
export function allOf(...rules: readonly StoppingRule[]): StoppingRule {
  expectRules("allOf", rules, 1);
  return {
    prepare: () => prepareAll(rules),
    reasonToStop(input) {
      const reasons: string[] = [];
      for (const rule of rules) {
        const reason = rule.reasonToStop(input);
        if (reason === null) return null;
        reasons.push(reason);
      }
      return reasons.join(" and ");
    },
  };
}
