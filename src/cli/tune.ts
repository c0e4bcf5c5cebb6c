import { show, VernierError } from "../core/errors.ts";
import { isNumeric, isMissing, isTable, type Features } from "../core/table.ts";
import { estimatorNamed } from "../models/registry.ts";
import { journalFile } from "../platform/node-journal.ts";
import { columns } from "../preprocessing/columns.ts";
import { oneHotEncoder } from "../preprocessing/one-hot-encoder.ts";
import { pipeline } from "../preprocessing/pipeline.ts";
import { simpleImputer } from "../preprocessing/simple-imputer.ts";
import { standardScaler } from "../preprocessing/standard-scaler.ts";
import type { AnyEstimator, AnyTransform } from "../preprocessing/steps.ts";
import { samplerNamed } from "../samplers/registry.ts";
import { tune as tuneModel } from "../selection.ts";
import type { Found } from "./found.ts";
import { defaultLag, defaultWorkers, wholeNumber } from "./options.ts";
import { showSearch } from "./show-search.ts";
import { isMlp, type MlpSearch, tuneMlp } from "./tune-mlp.ts";
import { openTable } from "./tune-table.ts";

export const tuneHelp: string = `vernier tune TABLE: the best settings of a model on a table

TABLE is breast-cancer, digits or iris, or a CSV file with a header (needs the package d3-dsv). Words are one-hot encoded
and gaps filled within each fold.

Options:
  --target COLUMN    the column of a CSV file to predict (default: the last)
  --model NAME       a model of vernier/models, such as svc, randomForestClassifier, ridge (default svc); or a multilayer
                     perceptron, mlpClassifier or mlpRegressor (needs the packages @tensorflow/tfjs-core, -layers and
                     -backend-wasm): one fold is held out, at random, numbers are always scaled, trials are pruned
  --scale            scale numbers to mean 0 and deviation 1 within each fold
  --scoring NAME     a score of vernier/metrics (default: accuracy, for regressors r2)
  --cv N             folds (default 5)
  --sampler NAME     auto, tpe, gp, cmaes, ... (default auto)
  --trials N         candidates (default 50)
  --patience N       stop after so many without a better one
  --seed N           seed of the search (default 7)
  --workers N        worker threads (default: one a core, at most ${defaultLag}); the digest does not depend on it
  --lag N            how many of the latest candidates a new one does not know (default ${defaultLag})
  --journal FILE     keep the study in this file, in Optuna's journal format, and continue it when it is there
  --json             one line of JSON instead of text
`;

export interface TuneOptions {
  readonly target?: string | undefined;
  readonly model?: string | undefined;
  readonly scale?: boolean | undefined;
  readonly scoring?: string | undefined;
  readonly cv?: string | undefined;
  readonly sampler?: string | undefined;
  readonly trials?: string | undefined;
  readonly patience?: string | undefined;
  readonly seed?: string | undefined;
  readonly workers?: string | undefined;
  readonly lag?: string | undefined;
  readonly journal?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Tunes a model on a table; resolves with the exit code. */
export async function tune(table: string, options: TuneOptions): Promise<number> {
  const trials = wholeNumber("--trials", options.trials ?? "50", 1);
  const search = {
    cv: wholeNumber("--cv", options.cv ?? "5", 2),
    sampler: samplerNamed(options.sampler ?? "auto"),
    seed: wholeNumber("--seed", options.seed ?? "7", 0),
    workers: wholeNumber("--workers", options.workers ?? String(defaultWorkers), 1, 1024),
    lag: wholeNumber("--lag", options.lag ?? String(defaultLag), 1),
    trials,
    ...(options.patience === undefined ? {} : { patience: wholeNumber("--patience", options.patience, 1) }),
    ...(options.journal === undefined ? {} : { name: "tune", storage: journalFile(options.journal) }),
  };
  const run = await searchOf(table, options);
  const shown = { trials, journal: options.journal ?? null, json: options.json ?? false };
  await showSearch((watched) => run({ ...search, ...watched }), shown);
  return 0;
}

// The search of the model that the options name.
async function searchOf(table: string, options: TuneOptions): Promise<(search: MlpSearch) => Promise<Found>> {
  const model = options.model ?? "svc";
  const samples = await openTable(table, options.target);
  const { X, y } = samples;
  if (isMlp(model)) {
    if (options.scoring !== undefined) {
      const message = `--scoring: expected none with ${model}, got ${show(options.scoring)}`;
      throw new VernierError("invalid-argument", message);
    }
    const preparation = preparationOf(X, true) as AnyTransform;
    return (search) => tuneMlp(model, preparation, samples, search);
  }
  const estimator = after(preparationOf(X, options.scale ?? false), estimatorNamed(model));
  const scoring = options.scoring === undefined ? {} : { scoring: options.scoring };
  return (search) => tuneModel(estimator, X, y, { ...search, ...scoring, refit: false });
}

// What comes before the model: null where the numbers are all there and shall stay as they are.
function preparationOf(X: Features, scale: boolean): AnyTransform | null {
  const scaler = scale ? [standardScaler()] : [];
  const cells = isTable(X) ? Object.values(X) : [];
  const words = cells.filter((column) => !isNumeric(column)).length;
  const gaps = cells.some((column) => Array.from(column).some(isMissing));
  if (words === 0 && !gaps) return scaler[0] ?? null;
  const numbers = pipeline([simpleImputer(), ...scaler]);
  const parts: [AnyTransform, "numeric" | "categorical"][] = [];
  if (words < cells.length) parts.push([numbers, "numeric"]);
  if (words > 0) parts.push([oneHotEncoder({ handleUnknown: "ignore" }), "categorical"]);
  return columns(parts);
}

function after(transform: AnyTransform | null, model: AnyEstimator): AnyEstimator {
  if (transform === null) return model;
  return model.task === "classification" ? pipeline([transform, model]) : pipeline([transform, model]);
}
