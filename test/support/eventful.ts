import { choice, float, int } from "../../src/core/space.ts";
import type { LiveTrial } from "../../src/study/live-trial.ts";
import { type Objective, TrialPruned } from "../../src/study/objective.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** How a trial ends, by its number. */
export type Fate = "complete" | "throws" | "gives up" | "no value" | "dies" | "hangs";

export const eventfulSpace = {
  x: float(-5, 5),
  n: int(1, 6),
  kind: choice({ flat: {}, steep: { slope: float(0.1, 10, { log: true }) } }),
};

type Params = {
  x: number;
  n: number;
  kind: { kind: "flat" } | { kind: "steep"; slope: number };
};

export interface Eventful {
  readonly time: VirtualTime;
  /** How long the next step takes; asked in whatever order the trials run. */
  readonly pace: () => number;
  readonly fateOf: (trial: number) => Fate;
}

/**
 * A trial of a few steps that does all that a trial can: takes its time, reports, asks whether to go on, asks for
 * parameters by name, says constraints and attributes, and ends in its number's way.
 */
export function eventful({ time, pace, fateOf }: Eventful): Objective<Params> {
  return async ({ x, n, kind }, trial) => {
    const fate = fateOf(trial.number);
    const slope = kind.kind === "steep" ? kind.slope : 1;
    const steps = 2 + (trial.number % 4);
    const extra = byName(trial);
    trial.setUserAttr("cost", steps);
    let value = 0;
    for (let step = 0; step < steps; step++) {
      await time.sleep(pace());
      value = (x - 1) * (x - 1) * slope + n + extra + 8 / (step + 1);
      trial.report(value, step);
      if (await trial.shouldPrune()) throw new TrialPruned();
      if (step === 1 && fate === "throws") throw new RangeError("one of the failures");
      if (step === 1 && fate === "gives up") throw new TrialPruned();
      if (step === 1 && fate === "dies") throw Object.assign(new Error("its worker died"), { name: "WorkerDied" });
      if (step === 1 && fate === "hangs") await new Promise(() => {});
    }
    trial.setConstraint("n", n - 4.5);
    return fate === "no value" ? Number.NaN : value;
  };
}

// Some trials know parameters that others do not.
function byName(trial: LiveTrial): number {
  if (trial.number % 3 !== 1) return 0;
  const rate = trial.suggestFloat("rate", 0.01, 1, { log: true });
  return rate + (trial.number % 2 === 0 ? trial.suggestInt("depth", 1, 4) : 0);
}
