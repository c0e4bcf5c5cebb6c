import { encodeTrials } from "../core/digest.ts";
import { toInternal } from "../core/distribution.ts";
import { expectInteger, expectOneOf, show, VernierError } from "../core/errors.ts";
import { paretoFront } from "../core/pareto.ts";
import { flattenParams, flattenSpace, type Params, type Space } from "../core/space.ts";
import { bestTrial } from "../core/best-trial.ts";
import type { Direction } from "../core/trial.ts";
import { sha256Hex } from "../wasm/sha256.ts";
import type { StudyDeps } from "./deps.ts";
import { createEngine, ended, type OpenTrial } from "./engine.ts";
import { openLedger } from "./ledger.ts";
import { createLazySignal } from "./lazy-signal.ts";
import { createLiveTrial } from "./live-trial.ts";
import type { Objective } from "./objective.ts";
import { optimize } from "./optimize.ts";
import type { TrialOutcome } from "./runner.ts";
import { openLog, type StudyLog } from "./study-log.ts";
import type { AskedTrial, Study, StudyOptions, TellOptions } from "./study.ts";

/** Creates a study, or continues the one of that name in the storage, whose log may have been read before. */
export async function createStudyWith<S extends Space>(
  options: StudyOptions<S>,
  deps: StudyDeps,
  opened?: StudyLog,
): Promise<Study<S>> {
  const { core, clock } = deps;
  const space = (options.space ?? {}) as S;
  const flat = flattenSpace(space);
  const directions = readDirections(options);
  const sampler = options.sampler ?? deps.defaultSampler();
  const pruner = options.pruner ?? deps.defaultPruner();
  if (options.seed !== undefined) expectInteger("seed", options.seed, 0);
  if (options.name !== undefined && (typeof options.name !== "string" || options.name === "")) {
    throw new VernierError("invalid-argument", `"name": expected a non-empty text, got ${show(options.name)}`);
  }
  const rerun = expectOneOf("abandoned", options.abandoned ?? "rerun", ["rerun", "keep"]) === "rerun";
  sampler.check?.(flat, directions);
  pruner.check?.(directions);

  const distributions = flat.map(({ distribution }) => distribution);
  const log = opened ?? (await openLog(options.storage ?? deps.defaultStorage(), distributions));
  const ledger = await openLedger(log, clock, {
    name: options.name ?? deps.uniqueName(),
    directions,
    space: flat,
    seed: options.seed ?? null,
    freshSeed: deps.randomSeed,
  });
  const checkpoints = options.checkpoints ?? deps.defaultCheckpoints();
  const engine = createEngine({ core, ledger, space, flat, sampler, pruner, checkpoints });
  const defaultSchedule = options.seed === undefined ? "eager" : "reproducible";
  let stopReason: string | null = null;

  function asked(opened: OpenTrial): AskedTrial<S> {
    const live = createLiveTrial(core, opened.task, engine.hostOf(opened), createLazySignal().signal);
    return Object.assign(live, { params: opened.task.params as Params<S>, save: () => engine.save(opened) });
  }

  return {
    name: ledger.name,
    directions,
    seed: ledger.seed,
    get trials() {
      return ledger.trials;
    },
    get userAttrs() {
      return ledger.userAttrs;
    },
    get best() {
      if (directions.length > 1) {
        const message = `"best": expected one objective, got ${directions.length}; see paretoFront`;
        throw new VernierError("unsupported", message);
      }
      const best = bestTrial(ledger.trials, directions);
      if (best !== null) return Object.freeze({ ...best, value: best.values?.[0] as number });
      const message = `"best": expected a complete trial that keeps its constraints, got none among ${ledger.trials.length} trials`;
      throw new VernierError("invalid-argument", message);
    },
    get paretoFront() {
      return paretoFront(ledger.trials, directions);
    },
    get stopReason() {
      return stopReason;
    },
    async optimize(objective, settings = {}) {
      stopReason = null;
      stopReason = await optimize(engine, deps, objective as Objective<never>, settings, { rerun, defaultSchedule });
    },
    async ask({ lag } = {}) {
      const opened = await engine.startReady(checkLag(lag));
      if (opened !== null) return asked(opened);
      const message = `"ask": expected something left to try, got an exhausted ${sampler.name} search`;
      throw new VernierError("exhausted", message);
    },
    async trial(number, { lag } = {}) {
      return asked(await engine.takeUp(number, checkLag(lag), true));
    },
    sync: () => engine.sync(),
    async tell(trial, value, told = {}) {
      const number = typeof trial === "number" ? trial : trial.number;
      const opened = await engine.takeUp(number, null, false);
      const { record, first } = await engine.finish(opened, toldOutcome(value, told));
      if (first) return record;
      throw ended(number, record.state);
    },
    async enqueue(params) {
      const fixed = flat.length === 0 ? (params as Record<string, never>) : flattenParams(space, params);
      for (const { name, distribution } of flat) {
        if (Object.hasOwn(fixed, name)) toInternal(name, distribution, fixed[name]);
      }
      await engine.serial(() => ledger.enqueue(fixed));
    },
    setUserAttr: (name, value) => engine.serial(() => ledger.setUserAttr(name, value)),
    digest: () => sha256Hex(core, encodeTrials(ledger.trials)),
  };
}

function readDirections(options: StudyOptions): readonly Direction[] {
  if (options.direction !== undefined && options.directions !== undefined) {
    throw new VernierError("invalid-argument", '"directions": expected either direction or directions, got both');
  }
  const directions = options.directions ?? [options.direction ?? "minimize"];
  if (!Array.isArray(directions) || directions.length === 0) {
    throw new VernierError(
      "invalid-argument",
      `"directions": expected at least one direction, got ${show(directions)}`,
    );
  }
  for (const direction of directions) expectOneOf("direction", direction, ["minimize", "maximize"]);
  return Object.freeze([...directions]);
}

function checkLag(lag: number | undefined): number | null {
  return lag === undefined ? null : expectInteger("lag", lag, 1);
}

function toldOutcome(value: number | readonly number[] | null, { state, reason }: TellOptions): TrialOutcome {
  expectOneOf("state", state, [undefined, "complete", "pruned", "fail"]);
  if (state === "pruned") return { state };
  if (state === "fail") {
    return { state, failure: { name: "Error", message: reason ?? "told to have failed", stack: null } };
  }
  if (value === null) {
    const message = '"value": expected a number, or null with state "pruned" or "fail", got null';
    throw new VernierError("invalid-argument", message);
  }
  return { state: "complete", values: typeof value === "number" ? [value] : value };
}
