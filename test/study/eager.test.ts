import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { float } from "../../src/core/space.ts";
import { median } from "../../src/pruners/median.ts";
import { random } from "../../src/samplers/random.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { type Objective, TrialPruned } from "../../src/study/objective.ts";
import type { OptimizeOptions } from "../../src/study/optimize-options.ts";
import type { Study, StudyOptions } from "../../src/study/study.ts";
import { scheduleTimes } from "../support/schedule-times.ts";
import { testStudy } from "../support/study.ts";
import { type VirtualRunner, virtualRunner } from "../support/virtual-runner.ts";
import { stoppedClock, type VirtualTime, virtualTime } from "../support/virtual-time.ts";

const space = { x: float(0, 1) };
const eager = { schedule: "eager" } as const;

interface Run {
  readonly study: Study<never>;
  readonly runner: VirtualRunner;
}

/** A study whose objective knows the virtual time; `onRunner` is told of the runner before the first trial. */
async function run(
  workers: number,
  objective: (time: VirtualTime) => Objective<never>,
  options: OptimizeOptions,
  study: StudyOptions<typeof space> = {},
  onRunner: (runner: VirtualRunner) => void = () => {},
): Promise<Run> {
  const time = virtualTime();
  const runner = virtualRunner(time, objective(time), { workers });
  onRunner(runner);
  const made = await testStudy({ space, seed: 4, ...study }, { runner: () => runner, clock: stoppedClock });
  await time.pass(made.optimize(() => 0, options));
  return { study: made as unknown as Study<never>, runner };
}

const lasting =
  (durations: readonly number[]) =>
  (time: VirtualTime): Objective<never> =>
  async (_, { number }) => {
    await time.sleep(durations[number] as number);
    return number;
  };

/** Numbers of the trials that have ended, by what the runner noted. */
const endedIn = ({ ends }: VirtualRunner): number[] => [...ends.keys()].filter((number) => ends[number] !== undefined);

describe("the eager schedule", () => {
  test("asks each trial with all that has ended as history, and all that runs as pending", async () => {
    const durations = Array.from({ length: 40 }, (_, k) => 1 + ((k * k * 7919) % 101) + k / 1000);
    let runner: VirtualRunner;
    let outOfOrder = 0;
    const spy: Sampler = {
      name: "spy",
      suggest(core, input) {
        const ended = endedIn(runner);
        expect(input.history.map(({ number }) => number)).toEqual(ended);
        const started = [...runner.starts.keys()];
        expect(input.pending.map(({ number }) => number)).toEqual(started.filter((k) => !ended.includes(k)));
        if (ended.some((number, i) => number !== i)) outOfOrder++;
        return random().suggest(core, input);
      },
    };
    const options = { trials: durations.length, ...eager };
    await run(4, lasting(durations), options, { sampler: spy }, (made) => (runner = made));
    expect(outOfOrder).toBeGreaterThan(20);
  });

  test("judges a trial by what has ended since it was asked; the reproducible schedule does not", async () => {
    // The second trial ends, with better reports, while the first one runs.
    const curves =
      (time: VirtualTime): Objective<never> =>
      async (_, trial) => {
        for (let step = 0; step < 3; step++) {
          await time.sleep(trial.number === 0 ? 5 : 1);
          trial.report(trial.number === 0 ? 9 : 1, step);
          if (await trial.shouldPrune()) throw new TrialPruned();
        }
        return 0;
      };
    const states = async (options: OptimizeOptions): Promise<string[]> => {
      const { study } = await run(2, curves, { trials: 2, ...options }, { pruner: median({ startupTrials: 1 }) });
      return study.trials.map(({ state }) => state);
    };
    expect(await states(eager)).toEqual(["pruned", "complete"]);
    expect(await states({ lag: 2 })).toEqual(["complete", "complete"]);
  });

  test("with one worker it is the reproducible schedule of lag 1", async () => {
    const durations = Array.from({ length: 12 }, () => 1);
    const digests = [eager, { lag: 1 }].map(async (options) =>
      (await run(1, lasting(durations), { trials: 12, ...options })).study.digest(),
    );
    expect(new Set(await Promise.all(digests)).size).toBe(1);
  });
});

describe("trials start", () => {
  const anyDurations = fc.array(fc.double({ min: 0.5, max: 20, noNaN: true }), { minLength: 1, maxLength: 40 });

  test("as soon as a worker is free and, with a lag, what they must know has ended", async () => {
    const property = fc.asyncProperty(
      anyDurations,
      fc.constantFrom(1, 2, 3, 4, 8),
      fc.constantFrom(1, 2, 3, 4, 6, 8, 16),
      async (durations, workers, lag) => {
        const trials = durations.length;
        const reproducible = (await run(workers, lasting(durations), { trials, lag })).runner;
        expect(reproducible.starts).toEqual(scheduleTimes(durations, workers, lag).starts);
        const free = (await run(workers, lasting(durations), { trials, ...eager })).runner;
        expect(free.starts).toEqual(scheduleTimes(durations, workers, null).starts);
        // No trial starts or ends later for not waiting.
        for (const number of durations.keys()) {
          expect(free.starts[number]).toBeLessThanOrEqual(reproducible.starts[number] as number);
        }
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });
});
