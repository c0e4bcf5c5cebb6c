import type { Space } from "../../src/core/space.ts";
import { portableClock } from "../../src/platform/portable-clock.ts";
import { nop } from "../../src/pruners/nop.ts";
import { random } from "../../src/samplers/random.ts";
import { stoppingRules } from "../../src/stopping/stopping-rules.ts";
import { memoryCheckpoints } from "../../src/storages/memory-checkpoints.ts";
import { memory } from "../../src/storages/memory.ts";
import type { StudyDeps } from "../../src/study/deps.ts";
import { createStudyWith } from "../../src/study/create-study.ts";
import { inlineRunner } from "../../src/study/inline-runner.ts";
import type { Objective } from "../../src/study/objective.ts";
import type { TrialOutcome, TrialRunner } from "../../src/study/runner.ts";
import type { Study, StudyOptions } from "../../src/study/study.ts";
import { core } from "./cores.ts";

let names = 0;

const deps: StudyDeps = {
  core,
  clock: portableClock,
  defaultSampler: random,
  defaultPruner: nop,
  defaultStorage: memory,
  defaultCheckpoints: memoryCheckpoints,
  randomSeed: () => 12345,
  uniqueName: () => `study ${names++}`,
  stoppingRules,
  runner: (objective, { trialTimeout }) => inlineRunner(core, objective as Objective<never>, trialTimeout ?? null),
};

/** A study over this process, random search by default. */
export function testStudy<const S extends Space>(
  options: StudyOptions<S> = {},
  own: Partial<StudyDeps> = {},
): Promise<Study<S>> {
  return createStudyWith(options, { ...deps, ...own });
}

/** A runner that evaluates `workers` trials at a time in this thread, each after a delay of its own. */
export function delayedRunner(objective: Objective<never>, workers: number, delay: () => number): TrialRunner {
  const inner = inlineRunner(core, objective, null);
  return {
    workers,
    async run(task, host, signal): Promise<TrialOutcome> {
      await new Promise((resolve) => setTimeout(resolve, delay()));
      const outcome = await inner.run(task, host, signal);
      await new Promise((resolve) => setTimeout(resolve, delay()));
      return outcome;
    },
    async close() {},
  };
}
