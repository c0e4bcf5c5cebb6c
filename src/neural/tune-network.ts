import type { LayersModel } from "@tensorflow/tfjs-layers";
import { expectNumber, expectOneOf, show, VernierError } from "../core/errors.ts";
import type { LabelsLike } from "../core/labels.ts";
import { nestParams, type Space } from "../core/space.ts";
import type { Features } from "../core/table.ts";
import type { TrialRecord } from "../core/trial.ts";
import { stratifiedSplit } from "../selection/stratified-shuffle-split.ts";
import type { LiveTrial } from "../study/live-trial.ts";
import { TrialPruned } from "../study/objective.ts";
import type { OptimizeOptions } from "../study/optimize-options.ts";
import type { Study, StudyOptions } from "../study/study.ts";
import { defaultCore } from "../wasm/default-core.ts";
import { permutation } from "../wasm/random.ts";
import { buildNetwork } from "./build-network.ts";
import { type FittedNetwork, fittedNetwork } from "./fitted-network.ts";
import type { BuildContext, Hypermodel, NetworkShape } from "./hypermodel.ts";
import { type Backend, loadBackend } from "./load-backend.ts";
import { furtherRows, type NetworkData, type NetworkRows, networkData, takeNetworkRows } from "./network-data.ts";
import { trainNetwork } from "./train-network.ts";
import { isTrainingOption, type TrainingOptions, trainingOptions, trainingSpace } from "./training-options.ts";
import { type TrialKey, weightSeeds } from "./weight-seeds.ts";

/** A network of one's own: what builds it from a trial's parameters, not compiled, with logits as its last layer. */
export interface CustomNetwork {
  readonly space: Space;
  readonly build: (params: Readonly<Record<string, never>>, context: BuildContext) => LayersModel;
}

type Targets = LabelsLike | ArrayLike<number>;

export interface TuneNetworkOptions
  extends Omit<StudyOptions, "space" | "direction" | "directions">,
    Omit<OptimizeOptions, "totalTrials" | "workerData" | "workers"> {
  /** What the rows of X are; default a table. Images and sequences lie in a row, the last dimension fastest. */
  readonly input?: NetworkShape["input"];
  /** Default "classification". */
  readonly task?: NetworkShape["task"];
  /** A share of the rows (stratified by class), default 0.2; rows to train and to test on; or data of their own. */
  readonly validation?:
    | number
    | { readonly train: ArrayLike<number>; readonly test: ArrayLike<number> }
    | { readonly X: Features; readonly y: Targets };
  /** What is maximized: validation accuracy (r2 for regressions; default), or the negative validation loss. */
  readonly scoring?: "score" | "loss";
  /** In place of the parameters of these names in the usual space; a plain value is fixed and not searched. */
  readonly space?: Space;
  /** Fixed settings of the training. */
  readonly training?: Partial<TrainingOptions>;
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
}

type Settings = Readonly<Record<string, unknown>>;

export function createTuneNetwork({ createStudy }: Deps): TuneNetwork {
  return async (network, X, y, options = {}) => {
    const given = typeof network === "function" ? network() : network;
    const data = networkData(X, y, options.task ?? "classification", options.input);
    const scoring = expectOneOf("scoring", options.scoring ?? "score", ["score", "loss"]);
    const sides = sidesOf(data, options);
    const { space, fixed } = spaceOf(given, options);
    const backend = options.backend ?? (await loadBackend());
    const layers = await backend.layers();
    const { tf } = backend;
    const make = (params: Settings, key: TrialKey): LayersModel => {
      const context = { tf, layers, shape: data.shape, seedOf: weightSeeds(defaultCore(), key) };
      if (!("name" in given)) {
        return buildNetwork(tf, () => given.build(params as Readonly<Record<string, never>>, context));
      }
      const own = Object.fromEntries(Object.entries(params).filter(([name]) => !isTrainingOption(name)));
      return buildNetwork(tf, () => given.with(own).build(context));
    };
    const trainingOf = (params: Settings): TrainingOptions =>
      trainingOptions(Object.fromEntries(Object.entries(params).filter(([name]) => isTrainingOption(name))));
    if ("name" in given) given.build({ tf, layers, shape: data.shape, seedOf: () => 1 }).dispose();
    const objective = async (params: Settings, trial: LiveTrial): Promise<number> => {
      const key = { seed: trial.seed, trial: trial.number };
      const settings = { ...fixed, ...params };
      await backend.revive();
      const model = make(settings, key);
      let pruned = false;
      const valueOf = (report: { readonly valLoss: number | null; readonly valScore: number | null }): number =>
        scoring === "loss" ? -(report.valLoss as number) : (report.valScore as number);
      try {
        const training = trainingOf(settings);
        const report = await trainNetwork(tf, model, sides.train, data.shape, {
          ...training,
          ...key,
          validation: sides.test,
          async onEpoch(epoch) {
            if (trial.signal.aborted) {
              throw Object.assign(new Error("the search was aborted"), { name: "AbortError" });
            }
            trial.report(valueOf(epoch), epoch.epoch);
            pruned = epoch.epoch < training.epochs - 1 && (await trial.shouldPrune());
            return !pruned;
          },
        });
        if (pruned) throw new TrialPruned();
        trial.setUserAttr("epochs", report.epoch + 1);
        return valueOf(report);
      } finally {
        model.dispose();
      }
    };
    const study: Study = await createStudy({ ...options, space, direction: "maximize" });
    const { trials = 50, ...rest } = options;
    await study.optimize(objective, { ...rest, totalTrials: trials });
    const { number, value, params, internal, userAttrs } = bestOf(study);
    const epochs = userAttrs["epochs"] as number;
    let model: FittedNetwork | null = null;
    if (options.refit !== false) {
      const settings = { ...fixed, ...nestParams(space, internal) };
      const key = { seed: study.seed, trial: number };
      await backend.revive();
      const whole = make(settings, key);
      const training = { ...trainingOf(settings), patience: null };
      await trainNetwork(tf, whole, data, data.shape, { ...training, ...key, lastEpoch: epochs });
      model = fittedNetwork(backend, whole, data.shape, data.classes);
    }
    return { best: { number, value, params, epochs, model }, study };
  };
}

function bestOf(study: Study): Study["best"] {
  if (study.trials.some(({ state }) => state === "complete")) return study.best;
  const first = study.trials.find(({ failure }) => failure !== null)?.failure;
  const why = first == null ? "" : `; the first failed with ${first.name}: ${first.message}`;
  throw new VernierError("invalid-argument", `tuneNetwork: expected a complete trial, got none${why}`);
}

function spaceOf(
  network: Hypermodel | CustomNetwork,
  { space = {}, training = {} }: TuneNetworkOptions,
): { readonly space: Space; readonly fixed: Settings } {
  if (typeof network?.build !== "function") {
    const expected = "a hypermodel, what makes one, or { build, space }";
    throw new VernierError("invalid-argument", `"network": expected ${expected}, got ${show(network)}`);
  }
  trainingOptions(training);
  const own = "name" in network ? network.space() : network.space;
  for (const name of Object.keys(space)) {
    const known = isTrainingOption(name) || ("name" in network ? name in network.params : name in own);
    if (known) continue;
    throw new VernierError("invalid-argument", `"${name}": expected a setting of the network or of its training`);
  }
  const searched = Object.entries({ ...trainingSpace(), ...own, ...space });
  const isFixed = (node: unknown): boolean => typeof node !== "object" || node === null;
  return {
    space: Object.fromEntries(searched.filter(([name, node]) => !isFixed(node) && !(name in training))),
    fixed: { ...Object.fromEntries(searched.filter(([, node]) => isFixed(node))), ...training },
  };
}

function sidesOf(data: NetworkData, options: TuneNetworkOptions): { train: NetworkRows; test: NetworkRows } {
  const { validation = 0.2, seed = 0 } = options;
  if (typeof validation === "object" && "X" in validation) {
    return { train: data, test: furtherRows(validation.X, validation.y, data) };
  }
  const { train, test } = typeof validation === "object" ? validation : split(data, validation, seed);
  for (const [name, rows] of Object.entries({ train, test })) {
    const whole = Array.from(rows).every((row) => Number.isInteger(row) && row >= 0 && row < data.rows);
    if (rows.length > 0 && whole) continue;
    throw new VernierError(
      "invalid-argument",
      `"validation.${name}": expected at least one row number below ${data.rows}`,
    );
  }
  return { train: takeNetworkRows(data, train), test: takeNetworkRows(data, test) };
}

function split(data: NetworkData, share: number, seed: number): { train: Int32Array; test: Int32Array } {
  expectNumber("validation", share, "a share between 0 and 1", (value) => value > 0 && value < 1);
  const key = { seed, trial: 0, purpose: "validation" };
  if (data.classes !== null) return stratifiedSplit(data.targets, { testSize: share }, share, key);
  const order = permutation(defaultCore(), key, data.rows);
  const test = Math.ceil(share * data.rows);
  return { train: order.slice(test), test: order.slice(0, test) };
}
