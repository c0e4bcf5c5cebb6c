import type { Distribution, ParamValue } from "../../src/core/distribution.ts";
import { toInternal } from "../../src/core/distribution.ts";
import type { FlatSpace } from "../../src/core/space.ts";
import type { TrialRecord } from "../../src/core/trial.ts";
import { trialRecord } from "./trials.ts";
import { vectors } from "./vectors.ts";

interface GoldenDistribution {
  readonly name: "FloatDistribution" | "IntDistribution" | "CategoricalDistribution";
  readonly attributes: {
    readonly low: number;
    readonly high: number;
    readonly log: boolean;
    readonly step: number;
    readonly choices: readonly ParamValue[];
  };
}
interface Golden {
  readonly space: Readonly<Record<string, GoldenDistribution>>;
  readonly trials: readonly {
    readonly params: Readonly<Record<string, ParamValue>>;
    readonly value: number;
    readonly intermediate: readonly number[];
  }[];
}

const golden = vectors<Golden>("optuna-history100.json");

function toDistribution({ name, attributes }: GoldenDistribution): Distribution {
  const { low, high, log, step, choices } = attributes;
  if (name === "CategoricalDistribution") return { type: "categorical", choices };
  return { type: name === "IntDistribution" ? "int" : "float", low, high, log, step };
}

/** The space of the golden history: x real, lr logarithmic, n whole, k a choice, step stepped. */
export const historySpace: FlatSpace = Object.entries(golden.space).map(([name, distribution]) => ({
  name,
  distribution: toDistribution(distribution),
  when: null,
}));

/** Its 100 complete random trials. */
export const history100: readonly TrialRecord[] = golden.trials.map(({ params, value, intermediate }, number) => {
  const internal = Object.fromEntries(
    historySpace.map(({ name, distribution }) => [name, toInternal(name, distribution, params[name])]),
  );
  return trialRecord(historySpace, number, internal, value, {
    intermediate: intermediate.map((value, step) => [step, value] as const),
  });
});
