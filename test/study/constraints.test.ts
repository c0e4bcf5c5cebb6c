import { expect, test } from "vitest";
import { constraintsOf } from "../../src/core/constraints.ts";
import { choice, float } from "../../src/core/space.ts";
import { cmaes } from "../../src/samplers/cmaes.ts";
import { gp } from "../../src/samplers/gp.ts";
import { nsga2 } from "../../src/samplers/nsga2.ts";
import { random } from "../../src/samplers/random.ts";
import { tpe } from "../../src/samplers/tpe.ts";
import { target } from "../../src/stopping/target.ts";
import { memory } from "../../src/storages/memory.ts";
import { testStudy } from "../support/study.ts";

const space = { x: float(0, 1), y: float(0, 1) };

test("a trial's constraints are kept under Optuna's keys; the last word on each counts", async () => {
  const storage = memory();
  const study = await testStudy({ name: "c", space, seed: 1, storage });
  await study.optimize(
    (_, trial) => {
      trial.setConstraint("memory", 3);
      trial.setConstraint("latency", 0.5);
      trial.setConstraint("memory", -1);
      return 1;
    },
    { trials: 1 },
  );
  expect(study.trials[0]?.systemAttrs).toMatchObject({ "constraints:latency": 0.5, "constraints:memory": -1 });
  const again = await testStudy({ name: "c", space, storage });
  expect(constraintsOf(again.trials[0] as never)).toEqual([0.5, -1]);
});

test("what is no name or no finite number is refused, and fails the trial where nobody catches it", async () => {
  const study = await testStudy({ space, seed: 1 });
  await study.optimize(
    (_, trial) => {
      expect(() => trial.setConstraint("", 1)).toThrow(/"name": expected a non-empty constraint name, got ""/);
      expect(() => trial.setConstraint("m", "1" as never)).toThrow(/"m": expected a finite number.*, got "1"/);
      trial.setConstraint("m", Number.NaN);
      return 1;
    },
    { trials: 1 },
  );
  expect(study.trials[0]).toMatchObject({
    state: "fail",
    failure: { message: '"m": expected a finite number, at most 0 where the constraint holds, got NaN' },
  });
});

test("only trials that keep their constraints count as best, and for a target", async () => {
  const study = await testStudy({ space, seed: 1, sampler: random() });
  expect(() => study.best).toThrow(/expected a complete trial that keeps its constraints, got none among 0 trials/);
  await study.optimize(
    ({ x }, trial) => {
      trial.setConstraint("x above a half", 0.5 - x);
      return x;
    },
    { trials: 200, stop: [target(0.52)] },
  );
  const own = (number: number): number => study.trials[number]?.values?.[0] as number;
  const kept = study.trials.filter(({ number }) => own(number) >= 0.5);
  expect(study.best.value).toBe(Math.min(...kept.map(({ number }) => own(number))));
  expect(study.trials.some(({ number }) => own(number) < study.best.value)).toBe(true);
  expect(study.stopReason).toBe(study.best.value <= 0.52 ? "target" : "trials");

  const hopeless = await testStudy({ space, seed: 1, sampler: random() });
  await hopeless.optimize(
    (_, trial) => {
      trial.setConstraint("never", 1);
      return 0;
    },
    { trials: 20, patience: 3 },
  );
  expect(() => hopeless.best).toThrow(/got none among 3 trials/);
  expect(hopeless.stopReason).toBe("patience");
});

test("the Pareto front is that of the trials that keep their constraints", async () => {
  const study = await testStudy({ space, seed: 1, sampler: random(), directions: ["minimize", "minimize"] });
  await study.optimize(
    ({ x, y }, trial) => {
      trial.setConstraint("sum", 1 - x - y);
      return [x, y];
    },
    { trials: 60 },
  );
  const kept = study.trials.filter(({ params }) => (params["x"] as number) + (params["y"] as number) >= 1);
  expect(study.paretoFront.length).toBeGreaterThan(0);
  for (const trial of study.paretoFront) expect(kept).toContain(trial);
  const dominates = (a: readonly number[], b: readonly number[]): boolean => a.every((v, k) => v < (b[k] as number));
  for (const { values } of kept) {
    const isOnFront = study.paretoFront.some((trial) => trial.values === values);
    const isDominated = kept.some((other) => dominates(other.values as number[], values as number[]));
    expect(isOnFront).toBe(!isDominated);
  }
});

test.each([
  ["gp", gp, 30, 0.02],
  ["tpe", tpe, 80, 0.3],
  ["cmaes", cmaes, 80, 0.12],
  ["nsga2", () => nsga2({ population: 10 }), 120, 0.2],
] as const)("%s looks for the best trial inside", async (_, sampler, trials, regret) => {
  const study = await testStudy({ space: { ...space, kind: choice(["a", "b"]) }, seed: 5, sampler: sampler() });
  // The least of x + y outside a disc of radius 1 about the corner: (0, 1) or (1, 0).
  await study.optimize(
    ({ x, y, kind }, trial) => {
      trial.setConstraint("disc", 1 - x * x - y * y);
      return x + y + (kind === "b" ? 0 : 0.3);
    },
    { trials },
  );
  expect(study.best.value - 1).toBeGreaterThanOrEqual(0);
  expect(study.best.value - 1).toBeLessThan(regret);
});
