import type { StoppingInput } from "../../src/stopping/stopping-rule.ts";
import { core } from "./cores.ts";

/** What a rule is asked with: what a test cares about, and defaults for the rest. */
export function stoppingInput(fields: Partial<StoppingInput>): StoppingInput {
  return { core, space: [], directions: ["minimize"], history: [], elapsed: 0, ...fields };
}
