import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JournalRecord } from "../../src/core/record.ts";
import { hyperband } from "../../src/pruners/hyperband.ts";
import { median } from "../../src/pruners/median.ts";
import { nop } from "../../src/pruners/nop.ts";
import { patient } from "../../src/pruners/patient.ts";
import type { Pruner } from "../../src/pruners/pruner.ts";
import { successiveHalving } from "../../src/pruners/successive-halving.ts";
import { auto } from "../../src/samplers/auto.ts";
import { cmaes } from "../../src/samplers/cmaes.ts";
import { evolution } from "../../src/samplers/evolution.ts";
import { qmc } from "../../src/samplers/qmc.ts";
import { random } from "../../src/samplers/random.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import { tpe } from "../../src/samplers/tpe.ts";
import { costBudget } from "../../src/stopping/cost-budget.ts";
import { stagnation } from "../../src/stopping/stagnation.ts";
import { memory } from "../../src/storages/memory.ts";
import type { Storage } from "../../src/storages/storage.ts";
import type { Objective } from "../../src/study/objective.ts";
import type { OptimizeOptions } from "../../src/study/optimize-options.ts";
import type { Study } from "../../src/study/study.ts";
import { account } from "../support/account.ts";
import { eventful, eventfulSpace, type Fate } from "../support/eventful.ts";
import { testStudy } from "../support/study.ts";
import { virtualRunner } from "../support/virtual-runner.ts";
import { stoppedClock, type VirtualTime, virtualTime } from "../support/virtual-time.ts";

// Samplers are made anew for each study, lest one study's memo serve another.
const samplers: Readonly<Record<string, () => Sampler>> = {
  random: () => random(),
  tpe: () => tpe({ nStartupTrials: 4 }),
  "tpe, grouped": () => tpe({ nStartupTrials: 4, group: true }),
  cmaes: () => cmaes(),
  qmc: () => qmc(),
  evolution: () => evolution({ population: 6 }),
  auto: () => auto(),
};

const pruners: Readonly<Record<string, () => Pruner>> = {
  nop,
  median: () => median({ startupTrials: 2 }),
  "patient median": () => patient(median({ startupTrials: 1 }), { patience: 0 }),
  hyperband: () => hyperband({ maxResource: 6 }),
  "hyperband that measures": () => hyperband(),
  "successive halving": () => successiveHalving({ reductionFactor: 2 }),
};

const rules: Readonly<Record<string, () => Partial<OptimizeOptions>>> = {
  none: () => ({}),
  patience: () => ({ patience: 7 }),
  target: () => ({ target: 3 }),
  "stagnation and cost": () => ({ stop: [stagnation(9), costBudget(60, "cost")] }),
  "an error": () => ({ onError: "stop" }),
};

const fates: readonly Fate[] = ["throws", "gives up", "no value", "dies", "hangs"];
const trialTimeout = 1000;

/** What makes a study, and may change it; all else may not. */
interface Given {
  readonly sampler: string;
  readonly pruner: string;
  readonly rule: string;
  readonly lag: number;
  readonly seed: number;
  readonly fates: readonly (Fate | null)[];
  readonly enqueued: readonly number[];
}

/** How it is run: workers, and how long steps take, in the order in which they come. */
interface Way {
  readonly workers: number;
  readonly paces: readonly number[];
}

function open(given: Given, way: Way, time: VirtualTime, storage: Storage): Promise<Study<never>> {
  const { seed } = given;
  const runner = (objective: unknown): ReturnType<typeof virtualRunner> =>
    virtualRunner(time, objective as Objective<never>, { workers: way.workers, trialTimeout });
  const sampler = (samplers[given.sampler] as () => Sampler)();
  const pruner = (pruners[given.pruner] as () => Pruner)();
  const options = { name: "any workers", space: eventfulSpace, seed, sampler, pruner, storage };
  return testStudy(options, { runner, clock: stoppedClock }) as unknown as Promise<Study<never>>;
}

function objectiveOf(given: Given, { paces }: Way, time: VirtualTime): Objective<never> {
  let i = 0;
  const pace = (): number => paces[i++ % paces.length] as number;
  const fateOf = (trial: number): Fate => given.fates[trial % given.fates.length] ?? "complete";
  return eventful({ time, pace, fateOf }) as Objective<never>;
}

const firstPart = 14;
const totalTrials = 22;

/** Some enqueued trials, some by the sampler, then again. */
async function run(given: Given, way: Way): Promise<unknown[]> {
  const time = virtualTime();
  const objective = objectiveOf(given, way, time);
  const study = await open(given, way, time, memory());
  const { lag } = given;
  const rule = (rules[given.rule] as () => Partial<OptimizeOptions>)();
  const accounts: unknown[] = [];
  for (const x of given.enqueued) await study.enqueue({ x });
  await time.pass(study.optimize(objective, { trials: firstPart, lag, trialTimeout, ...rule }));
  accounts.push(account(study));
  for (const n of given.enqueued) await study.enqueue({ n: 1 + Math.abs(Math.round(n)) });
  await time.pass(study.optimize(objective, { totalTrials, lag, trialTimeout, ...rule }));
  accounts.push(account(study));
  return accounts;
}

const anyPaces = fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 5, maxLength: 12 });
const oneByOne: Way = { workers: 1, paces: [1] };

const anyFate = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.constantFrom(...fates));

const anyGiven = (sampler: string): fc.Arbitrary<Given> =>
  fc.record({
    sampler: fc.constant(sampler),
    pruner: fc.constantFrom(...Object.keys(pruners)),
    rule: fc.constantFrom(...Object.keys(rules)),
    lag: fc.constantFrom(1, 2, 3, 4, 6, 8, 11),
    seed: fc.integer({ min: 0, max: 1000 }),
    fates: fc.array(anyFate, { minLength: 3, maxLength: 13 }),
    enqueued: fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 3 }),
  });

/** Where a process ends: in its n-th append, of which so many records stay; or it is told to stop at a time. */
type Cut = { readonly append: number; readonly kept: number } | { readonly abortAt: number };

/** One study in several processes, each but the last cut short. */
async function runInParts(given: Given, parts: readonly (Way & { readonly cut: Cut | null })[]): Promise<unknown> {
  const storage = memory();
  const first = await open(given, oneByOne, virtualTime(), storage);
  for (const x of given.enqueued) await first.enqueue({ x });
  const rule = (rules[given.rule] as () => Partial<OptimizeOptions>)();
  let end: unknown = null;
  for (const { cut, ...way } of parts) {
    const time = virtualTime();
    const objective = objectiveOf(given, way, time);
    const controller = new AbortController();
    const { signal } = controller;
    let kill = (): void => {};
    const killed = new Promise<void>((resolve) => (kill = resolve));
    if (cut !== null && "abortAt" in cut) void time.sleep(cut.abortAt).then(() => controller.abort());
    const log = cut !== null && "append" in cut ? cutOff(storage, cut, kill) : storage;
    const study = await open(given, way, time, log);
    const { lag } = given;
    const ended = study.optimize(objective, { totalTrials, lag, trialTimeout, signal, ...rule });
    await time.pass(Promise.race([ended, killed]));
    end = account(study);
  }
  return end;
}

/** The storage of a process that is killed: the last append keeps its first records at most, and nothing follows. */
function cutOff(storage: Storage, { append, kept }: { append: number; kept: number }, onCut: () => void): Storage {
  let left = append;
  async function write<T>(records: readonly JournalRecord[], whole: () => Promise<T>): Promise<T> {
    if (--left > 0) return whole();
    if (left === 0) await storage.append(records.slice(0, kept));
    onCut();
    return new Promise(() => {});
  }
  return {
    name: "cut off",
    read: (from) => storage.read(from),
    append: (records) => write(records, () => storage.append(records)),
    appendAt: (position, records) =>
      write(records, () => (storage.appendAt as NonNullable<Storage["appendAt"]>)(position, records)),
  };
}

const numRuns = (sampler: string): number => (sampler === "auto" ? 4 : 15);

describe("with one lag", () => {
  test.each(Object.keys(samplers))(
    "1, 2, 4 and 8 workers make one study, however long trials take: %s",
    async (name) => {
      const ways = fc.tuple(anyPaces, anyPaces, anyPaces);
      const property = fc.asyncProperty(anyGiven(name), ways, async (given, [two, four, eight]) => {
        const alone = await run(given, oneByOne);
        expect(await run(given, { workers: 2, paces: two })).toEqual(alone);
        expect(await run(given, { workers: 4, paces: four })).toEqual(alone);
        expect(await run(given, { workers: 8, paces: eight })).toEqual(alone);
      });
      await fc.assert(property, { numRuns: numRuns(name) });
    },
  );

  const anyCut: fc.Arbitrary<Cut> = fc.oneof(
    fc.record({ append: fc.integer({ min: 1, max: 30 }), kept: fc.integer({ min: 0, max: 8 }) }),
    fc.record({ abortAt: fc.double({ min: 0, max: 40, noNaN: true }) }),
  );
  const anyPart = fc.record({ workers: fc.constantFrom(1, 2, 4, 8), paces: anyPaces, cut: anyCut });
  const lastPart = fc.record({ workers: fc.constantFrom(1, 2, 4, 8), paces: anyPaces, cut: fc.constant(null) });

  test.each(Object.keys(samplers))("killed or stopped, and continued by any number of workers: %s", async (name) => {
    // What failed before a call does not end it, so that a study which an error ended is another when continued.
    const given = anyGiven(name).filter(({ rule }) => rule !== "an error");
    const parts = fc.tuple(fc.array(anyPart, { minLength: 1, maxLength: 4 }), lastPart);
    const property = fc.asyncProperty(given, parts, async (given, [cut, last]) => {
      const whole = await runInParts(given, [{ ...oneByOne, cut: null }]);
      expect(await runInParts(given, [...cut, last])).toEqual(whole);
    });
    await fc.assert(property, { numRuns: numRuns(name) });
  });
});
