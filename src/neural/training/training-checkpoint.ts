import type { Tensor } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import type { Json } from "../../core/json.ts";
import { type ModelContents, packModel, unpackModel } from "../../models/model-file.ts";
import { type KeptEpoch, weightsOf } from "./best-epoch.ts";
import type { EpochReport } from "./epoch-report.ts";
import { inputShape } from "../networks/input-shape.ts";
import type { TrainingJob } from "./training-job.ts";

/** Where a training stands after some epochs. */
export interface TrainingState {
  /** Of all epochs so far. */
  readonly reports: readonly EpochReport[];
  /** Numbers that dropout has drawn. */
  readonly drawn: number;
  readonly weights: readonly Tensor[];
  readonly optimizer: readonly Tensor[];
  readonly best: KeptEpoch | null;
}

/** The state as bytes, with what the job must have to go on from it. */
export async function packCheckpoint(job: TrainingJob, state: TrainingState): Promise<Uint8Array> {
  const { reports, drawn, weights, optimizer, best } = state;
  const parts = Object.entries({ weights, optimizer, best: best?.weights ?? [] });
  const named = parts.flatMap(([part, tensors]) => tensors.map((tensor, k) => [`${part}/${k}`, tensor] as const));
  const { data, specs } = await job.tf.io.encodeWeights(Object.fromEntries(named));
  const settings = { job: identityOf(job), reports, drawn, best: best?.report ?? null, specs };
  return new Uint8Array(
    packModel({
      name: "training",
      settings: settings as unknown as ModelContents["settings"],
      arrays: { tensors: new Uint8Array(data) },
    }),
  );
}

/** Reads what `packCheckpoint` wrote of the same job; the tensors are the caller's. */
export function unpackCheckpoint(job: TrainingJob, checkpoint: Uint8Array): TrainingState {
  const { settings, arrays } = unpackTraining(checkpoint);
  const {
    job: written,
    reports,
    drawn,
    best,
    specs,
  } = settings as unknown as {
    readonly job: Identity;
    readonly reports: readonly EpochReport[];
    readonly drawn: number;
    readonly best: EpochReport | null;
    readonly specs: Parameters<typeof job.tf.io.decodeWeights>[1];
  };
  expectSameJob(identityOf(job), written);
  const bytes = (arrays["tensors"] as Uint8Array).slice().buffer as ArrayBuffer;
  const tensors = Object.entries(job.tf.io.decodeWeights(bytes, specs));
  const part = (name: string): Tensor[] =>
    tensors.filter(([key]) => key.startsWith(`${name}/`)).map(([, tensor]) => tensor);
  return {
    reports,
    drawn,
    weights: part("weights"),
    optimizer: part("optimizer"),
    best: best === null ? null : { report: best, weights: part("best") },
  };
}

function unpackTraining(checkpoint: Uint8Array): ModelContents {
  const expected = '"resume": expected a checkpoint of a training';
  let contents: ModelContents;
  try {
    contents = unpackModel(checkpoint);
  } catch (cause) {
    throw new VernierError("invalid-data", `${expected}, got none: ${(cause as Error).message}`, { cause });
  }
  if (contents.name === "training") return contents;
  throw new VernierError("invalid-data", `${expected}, got a file of "${contents.name}"`);
}

type Identity = Readonly<Record<string, Json>>;

/** What must be equal for the bits to be those of one training; of the rows their number alone. */
function identityOf(job: TrainingJob): Identity {
  const { tf, rows, validation, shape, options, key } = job;
  return {
    backend: tf.getBackend(),
    seed: key.seed,
    trial: key.trial,
    rows: rows.rows,
    "validation rows": validation?.rows ?? 0,
    input: `${shape.input.kind} ${inputShape(shape.input).join("x")}`,
    outputs: shape.outputs,
    task: shape.task,
    "targets' mean": shape.scale?.mean ?? 0,
    "targets' deviation": shape.scale?.deviation ?? 1,
    ...(options as unknown as Identity),
    ...Object.fromEntries(
      weightsOf(job).map((weight, k) => [`weight ${k}`, `${weight.dtype} ${weight.shape.join("x")}`]),
    ),
  };
}

function expectSameJob(expected: Identity, written: Identity): void {
  for (const name of new Set([...Object.keys(expected), ...Object.keys(written)])) {
    const [wanted, got] = [expected, written].map((identity) => JSON.stringify(identity[name] ?? null));
    if (wanted === got) continue;
    const message = `"resume": expected a checkpoint of a training with ${name} ${wanted}, got one with ${got}`;
    throw new VernierError("invalid-argument", message);
  }
}
