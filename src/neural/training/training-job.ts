import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { NetworkShape } from "../networks/hypermodel.ts";
import type { NetworkRows } from "../data/network-data.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";
import type { TrainingOptions } from "./training-options.ts";
import type { TrialKey } from "../networks/weight-seeds.ts";

/** All that decides how a training goes. */
export interface TrainingJob {
  readonly tf: TensorFlow;
  readonly model: LayersModel;
  readonly rows: NetworkRows;
  readonly validation: NetworkRows | null;
  readonly shape: NetworkShape;
  readonly options: Readonly<TrainingOptions>;
  readonly key: TrialKey;
}
