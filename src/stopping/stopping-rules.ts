import { expectRules } from "./expect-rules.ts";
import { patience } from "./patience.ts";
import type { StoppingRule } from "./stopping-rule.ts";
import { target } from "./target.ts";
import { timeout } from "./timeout.ts";

/** The rules that `optimize`'s options name, in the order in which they are asked; those of `stop` come last. */
export function stoppingRules(options: {
  readonly target?: number;
  readonly patience?: number;
  readonly timeout?: number;
  readonly stop?: readonly StoppingRule[];
}): readonly StoppingRule[] {
  const rules: StoppingRule[] = [];
  if (options.target !== undefined) rules.push(target(options.target));
  if (options.patience !== undefined) rules.push(patience(options.patience));
  if (options.timeout !== undefined) rules.push(timeout(options.timeout));
  if (options.stop !== undefined) rules.push(...expectRules("stop", options.stop, 0));
  return rules;
}
