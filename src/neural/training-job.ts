import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { NetworkShape } from "./hypermodel.ts";
import type { NetworkRows } from "./network-data.ts";
import type { TensorFlow } from "./tensorflow.ts";
import type { TrainingOptions } from "./training-options.ts";
import type { TrialKey } from "./weight-seeds.ts";

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
