import { VernierError } from "../../core/errors.ts";
import { defaultCore } from "../../wasm/default-core.ts";
import { assignWeights, bestEpoch, weightsOf } from "./best-epoch.ts";
import type { EpochReport } from "./epoch-report.ts";
import { evaluateNetwork } from "./evaluate-network.ts";
import { takeTurns } from "./take-turns.ts";
import { trainEpoch } from "./train-epoch.ts";
import { packCheckpoint, unpackCheckpoint } from "./training-checkpoint.ts";
import type { TrainingJob } from "./training-job.ts";
import { descent } from "./training-step.ts";
import { keyedRandom } from "../networks/weight-seeds.ts";

/** A training between two of its epochs. */
export interface Training {
  /** Of all epochs so far. */
  readonly reports: readonly EpochReport[];
  /** Whether the patience has run out. */
  isOver(): boolean;
  /** Trains and evaluates one more epoch. */
  advance(): Promise<EpochReport>;
  checkpoint(): Promise<Uint8Array>;
  /** Leaves the model with the weights to end with; the report of their epoch. At least one epoch must be done. */
  finish(): EpochReport;
  dispose(): void;
}

/** A training from its start, or from a checkpoint on. */
export async function startTraining(job: TrainingJob, checkpoint: Uint8Array | null): Promise<Training> {
  const { tf, model, options, key } = job;
  const saved = checkpoint === null ? null : unpackCheckpoint(job, checkpoint);
  const down = descent(tf, model, options);
  if (saved !== null) {
    assignWeights(job, saved.weights);
    await down.restore(saved.optimizer);
    tf.dispose([...saved.weights, ...saved.optimizer]);
  }
  const best = bestEpoch(job, saved?.best ?? null);
  const reports = [...(saved?.reports ?? [])];
  let drawn = saved?.drawn ?? 0;
  const uniform = keyedRandom(defaultCore(), key, "dropout", drawn);
  const random = (): number => {
    drawn++;
    return uniform();
  };
  const tools = { descent: down, random, turn: takeTurns() };
  const last = (): EpochReport => reports.at(-1) as EpochReport;
  return {
    reports,
    isOver: () => reports.length > 0 && best.isOver(last()),
    async advance() {
      const epoch = reports.length;
      const report = await evaluated(job, epoch, await trainEpoch(job, epoch, tools));
      reports.push(report);
      best.consider(report);
      return report;
    },
    async checkpoint() {
      const optimizer = await down.state();
      try {
        return await packCheckpoint(job, { reports, drawn, weights: weightsOf(job), optimizer, best: best.kept() });
      } finally {
        tf.dispose(optimizer);
      }
    },
    finish() {
      const kept = best.kept();
      if (kept === null) return last();
      assignWeights(job, kept.weights);
      return kept.report;
    },
    dispose() {
      best.dispose();
      down.dispose();
    },
  };
}

async function evaluated(job: TrainingJob, epoch: number, trainLoss: number): Promise<EpochReport> {
  const { tf, model, validation, shape } = job;
  expectFinite("loss", trainLoss, epoch, job);
  if (validation === null) return { epoch, loss: trainLoss, valLoss: null, valScore: null };
  const { loss, score } = await evaluateNetwork(tf, model, validation, shape);
  expectFinite("validation loss", loss, epoch, job);
  return { epoch, loss: trainLoss, valLoss: loss, valScore: score };
}

function expectFinite(name: string, value: number, epoch: number, { options }: TrainingJob): void {
  if (Number.isFinite(value)) return;
  const hint = `a learning rate below ${options.learningRate} may help`;
  throw new VernierError(
    "numerical-failure",
    `${name} of epoch ${epoch}: expected a finite number, got ${value}; ${hint}`,
  );
}
