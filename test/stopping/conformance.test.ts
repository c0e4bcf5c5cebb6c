import { allOf, anyOf } from "../../src/stopping/combine.ts";
import { costBudget } from "../../src/stopping/cost-budget.ts";
import { patience } from "../../src/stopping/patience.ts";
import { regretBound } from "../../src/stopping/regret-bound.ts";
import { stagnation } from "../../src/stopping/stagnation.ts";
import { target } from "../../src/stopping/target.ts";
import { timeout } from "../../src/stopping/timeout.ts";
import { stoppingRuleConformance } from "../conformance/stopping-rule.ts";

stoppingRuleConformance("patience", () => patience(3));
stoppingRuleConformance("target", () => target(0));
stoppingRuleConformance("timeout", () => timeout(1000));
stoppingRuleConformance("stagnation", () => stagnation(4));
stoppingRuleConformance("stagnation with a tolerance", () => stagnation(2, { tolerance: 0.5 }));
stoppingRuleConformance("costBudget", () => costBudget(7, "cost"));
stoppingRuleConformance("anyOf", () => anyOf(patience(6), costBudget(9, "cost")));
stoppingRuleConformance("allOf", () => allOf(stagnation(3), timeout(500)));
stoppingRuleConformance("regretBound", () => regretBound({ minTrials: 5, noise: 1 }), {
  oneObjective: true,
  numRuns: 50,
});
stoppingRuleConformance("regretBound without noise", () => regretBound({ minTrials: 5 }), {
  oneObjective: true,
  numRuns: 50,
});
