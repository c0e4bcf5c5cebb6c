import { expectInteger, expectOneOf, VernierError } from "../../core/errors.ts";
import type { LabelsLike } from "../../core/labels.ts";
import type { Space } from "../../core/space.ts";
import type { Features } from "../../core/table.ts";
import type { TrialRecord } from "../../core/trial.ts";
import { asha } from "../../samplers/asha.ts";
import { claimStudy } from "../../selection/search-identity.ts";
import type { ObjectiveWorkers } from "../../study/in-workers.ts";
import { inOneThread } from "../../study/in-one-thread.ts";
import type { OptimizeOptions } from "../../study/optimize-options.ts";
import type { Study, StudyOptions } from "../../study/study.ts";
import type { FittedNetwork } from "../fitted/fitted-network.ts";
import type { Hypermodel, NetworkShape } from "../networks/hypermodel.ts";
import { type Backend, loadBackend } from "../backend/load-backend.ts";
import { networkData } from "../data/network-data.ts";
import type { TrainingOptions } from "../training/training-options.ts";
import { networkBuilder } from "./network-builder.ts";
import { networkIdentity } from "./network-identity.ts";
import { epochsAttr, networkObjective } from "./network-objective.ts";
import { networkSpace } from "./network-space.ts";
import { type CustomNetwork, isHypermodel, type NetworkTask } from "./network-task.ts";
import { forNetworkWorkers } from "./network-worker-data.ts";
import { ashaOptions, promotedSpace, type PromoteOptions } from "./promotion-rungs.ts";
import { refitNetwork } from "./refit-network.ts";
import { planValidation, type Validation } from "./validation-folds.ts";

type Targets = LabelsLike | ArrayLike<number>;

export interface TuneNetworkOptions
  extends Omit<StudyOptions, "space" | "direction" | "directions">,
    Omit<OptimizeOptions, "totalTrials" | "workerData"> {
  /** What the rows of X are; default a table. Images and sequences lie in a row, the last dimension fastest. */
  readonly input?: NetworkShape["input"];
  /** Default "classification". */
  readonly task?: NetworkShape["task"];
  /**
   * A share of the rows (stratified by class; default 0.2), drawn with the study's seed; rows to train and to test on; data
   * of their own; or folds: then a trial trains one network after the other, its value is their mean, and what it reports,
   * and is pruned by, is the mean of the folds that are done.
   */
  readonly validation?: Validation;
  /** What is maximized: validation accuracy (r2 for regressions; default), or the negative validation loss. */
  readonly scoring?: "score" | "loss";
  /** In place of the parameters of these names in the usual space; a plain value is fixed and not searched. */
  readonly space?: Space;
  /** Fixed settings of the training. */
  readonly training?: Partial<TrainingOptions>;
  /**
   * Instead of pruning: configurations get few epochs, the best of them more (see `asha`), and go on from where they stopped.
   * A trial is a configuration with the epochs of its rung; `sampler`, default `random()`, proposes configurations. What
   * they go on from is kept in the study's `checkpoints`; what is lost there is trained again, to the same weights.
   */
  readonly promote?: PromoteOptions;
  /**
   * Epochs, >= 1, after which a trial keeps where it stands in the study's `checkpoints`, so that one which was interrupted goes
   * on from there when the search is continued; default null: it starts again. Not with folds.
   */
  readonly checkpointEvery?: number | null;
  /** Trials at a time, each in a worker with a backend of its own; needs a hypermodel. Default 1. */
  readonly workers?: number;
  /** Default `loadBackend()`. */
  readonly backend?: Backend;
  /** Trains the best again on all of X; default true. */
  readonly refit?: boolean;
  /** Default 50. */
  readonly trials?: number;
}

export interface TunedNetwork {
  readonly best: {
    readonly number: number;
    readonly value: number;
    readonly params: TrialRecord["params"];
    /** Epochs of its training, up to the best with `patience`. */
    readonly epochs: number;
    /** Null with `refit: false`. */
    readonly model: FittedNetwork | null;
  };
  readonly study: Study;
}

/** Searches the joined space of a network and its training, one study; pruned epoch by epoch by the study's pruner. */
export type TuneNetwork = (
  network: Hypermodel | (() => Hypermodel) | CustomNetwork,
  X: Features,
  y: Targets,
  options?: TuneNetworkOptions,
) => Promise<TunedNetwork>;

/** What the composition root supplies. */
interface Deps {
  readonly createStudy: <const S extends Space>(options: StudyOptions<S>) => Promise<Study<S>>;
  /** URL of `network-worker`, or what starts workers that have it; null: the runtime has no workers. */
  readonly worker: URL | ObjectiveWorkers | null;
  /** Whether numbers can be in memory that workers share. */
  readonly sharesMemory: boolean;
}

export function createTuneNetwork(deps: Deps): TuneNetwork {
  return async (network, X, y, options = {}) => {
    const given = typeof network === "function" ? network() : network;
    const data = networkData(X, y, options.task ?? "classification", options.input);
    const scoring: NetworkTask["scoring"] = expectOneOf("scoring", options.scoring ?? "score", ["score", "loss"]);
    const validation = planValidation(data, y, options.validation ?? 0.2);
    const search = searchOf(given, options);
    const backend = options.backend ?? (await loadBackend());
    if (isHypermodel(given)) {
      // Refuses an input that the family does not take before a study is made.
      const build = await networkBuilder(given, backend);
      build({}, data.shape, { seed: 0, trial: 0 }).dispose();
    }
    const study: Study = await deps.createStudy({ ...options, ...search.study, direction: "maximize" });
    const named = {
      network: given,
      rows: validation.rows,
      shape: data.shape,
      folds: validation.foldsWith(study.seed),
      fixed: search.fixed,
      scoring,
    };
    const identity = networkIdentity(named, backend.name);
    await claimStudy(study, identity);
    const task: NetworkTask = {
      ...named,
      maxEpochs: search.maxEpochs,
      checkpointEvery: options.checkpointEvery ?? null,
      checkpointPrefix: `${study.name}/${identity.data.slice(0, 16)}`,
    };
    await optimize(deps, study, task, backend, options);
    const best = bestOf(study);
    const epochs = best.userAttrs[epochsAttr] as number;
    const model =
      options.refit === false ? null : await refitNetwork(task, backend, data, search.study.space, study, best, epochs);
    return { best: { number: best.number, value: best.value, params: best.params, epochs, model }, study };
  };
}

/** What is searched and by which sampler, and what is fixed; throws "invalid-argument" for options that do not go together. */
function searchOf(
  network: Hypermodel | CustomNetwork,
  options: TuneNetworkOptions,
): {
  readonly study: { readonly space: Space } & Pick<StudyOptions, "sampler">;
  readonly fixed: NetworkTask["fixed"];
  readonly maxEpochs: number | null;
} {
  const { space, fixed } = networkSpace(network, options.space ?? {}, options.training ?? {});
  const { workers = 1, promote, checkpointEvery = null, validation, pruner } = options;
  if (workers > 1 && !isHypermodel(network)) {
    const expected = "1 for a network of one's own, whose functions cannot be sent";
    throw new VernierError("invalid-argument", `"workers": expected ${expected}, got ${workers}`);
  }
  const refuse = (name: string, beside: string, isThere: boolean): void => {
    if (isThere) throw new VernierError("invalid-argument", `"${name}": expected none with "${beside}", got one`);
  };
  const hasFolds = typeof validation === "object" && "folds" in validation;
  if (checkpointEvery !== null) {
    expectInteger("checkpointEvery", checkpointEvery, 1);
    refuse("checkpointEvery", "validation.folds", hasFolds);
  }
  if (promote === undefined) return { study: { space }, fixed, maxEpochs: null };
  const rungs = ashaOptions(promote);
  refuse("pruner", "promote", pruner !== undefined);
  refuse("validation.folds", "promote", hasFolds);
  const sampler = asha({ ...rungs, ...(options.sampler === undefined ? {} : { sampler: options.sampler }) });
  return { study: { space: promotedSpace(space, fixed, rungs), sampler }, fixed, maxEpochs: rungs.maxResource };
}

/** Evaluates the study's trials, in workers where the options ask for them and the runtime has some. */
async function optimize(
  deps: Deps,
  study: Study,
  task: NetworkTask,
  backend: Backend,
  { trials = 50, ...options }: TuneNetworkOptions,
): Promise<void> {
  const { network } = task;
  const elsewhere = (options.workers ?? 1) > 1 && isHypermodel(network) ? deps.worker : null;
  if (elsewhere === null || !isHypermodel(network)) {
    const objective = await networkObjective(task, backend);
    await study.optimize(objective, { ...inOneThread(options, options.seed), totalTrials: trials });
    return;
  }
  const workerData = forNetworkWorkers({ ...task, network }, backend, deps.sharesMemory);
  await study.optimize(elsewhere, { ...options, workerData, totalTrials: trials });
}

function bestOf(study: Study): Study["best"] {
  if (study.trials.some(({ state }) => state === "complete")) return study.best;
  const first = study.trials.find(({ failure }) => failure !== null)?.failure;
  const why = first == null ? "" : `; the first failed with ${first.name}: ${first.message}`;
  throw new VernierError("invalid-argument", `tuneNetwork: expected a complete trial, got none${why}`);
}
