import type { io } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { VernierError } from "../../core/errors.ts";
import type { Json } from "../../core/json.ts";
import type { Label } from "../../core/labels.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import { packModel, unpackModel } from "../../models/model-file.ts";
import { mostLikely } from "../../models/most-likely.ts";
import { networkOutputs } from "../training/evaluate-network.ts";
import type { NetworkShape } from "../networks/hypermodel.ts";
import { registerLayers } from "../layers/custom-layers.ts";
import { type Backend, loadBackend } from "../backend/load-backend.ts";
import { networkInputs } from "../data/network-data.ts";
import { networkLocation } from "./network-location.ts";
import { type NetworkMetadata, readMetadata, withMetadata } from "./network-metadata.ts";

/** A trained network. */
export interface FittedNetwork {
  readonly shape: NetworkShape;
  /** In sorted order; null for a regression. */
  readonly classes: readonly Label[] | null;
  /** The network itself, whose last layer gives logits or a number. */
  readonly network: LayersModel;
  /** The class, or the number, of each row of X. Throws "invalid-data" unless X is as in the training. */
  predict(X: Features): Promise<Label[]>;
  /** Class probabilities [rows, classes]. Throws "unsupported" for a regression. */
  predictProba(X: Features): Promise<Matrix>;
  /** The whole network as bytes, which `loadNetwork` reads. */
  save(): Promise<ArrayBuffer>;
  /**
   * Keeps the network in TensorFlow.js's own formats: in a folder, by its path or file: URL, as model.json and weights.bin
   * (Node, Deno, Bun), or under "indexeddb://name" (browsers and their workers). `loadNetwork` reads it, and so does
   * `loadLayersModel`, if it has `registerLayers` where the network needs that. What was there is replaced. Throws
   * "unsupported" where the runtime has no such place, "storage-failed" where it refuses.
   */
  saveTo(location: string | URL): Promise<void>;
  /** Gives its tensors back. */
  dispose(): void;
}

export function fittedNetwork(
  { tf }: Backend,
  network: LayersModel,
  shape: NetworkShape,
  classes: readonly Label[] | null,
): FittedNetwork {
  const answer = async (X: Features): Promise<Matrix> => {
    const { inputs, width, rows } = networkInputs(X, shape.input);
    return { data: await networkOutputs(tf, network, inputs, width, shape), rows, cols: shape.outputs };
  };
  return {
    shape,
    classes,
    network,
    async predict(X) {
      const outputs = await answer(X);
      return classes === null ? Array.from(outputs.data) : mostLikely(outputs, classes);
    },
    async predictProba(X) {
      if (classes === null)
        throw new VernierError("unsupported", "predictProba: expected a classifier, got a regression");
      const { data, rows, cols } = await answer(X);
      const softmax = tf.tidy(() => tf.softmax(tf.tensor2d(Float32Array.from(data), [rows, cols])));
      try {
        return { data: Float64Array.from(await softmax.data()), rows, cols };
      } finally {
        softmax.dispose();
      }
    },
    async save() {
      let file: ArrayBuffer | null = null;
      const handler = tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
        const settings = { shape, classes, modelTopology, weightSpecs } as unknown as Record<string, Json>;
        const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData));
        file = packModel({ name: "network", settings, arrays: { weights } });
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
      });
      await network.save(handler);
      return file as unknown as ArrayBuffer;
    },
    async saveTo(location) {
      const place = networkLocation(tf, location);
      await network.save({
        save(artifacts) {
          const userDefinedMetadata = withMetadata(artifacts.userDefinedMetadata, { shape, classes });
          return place.save({ ...artifacts, userDefinedMetadata });
        },
      });
    },
    dispose: () => void network.dispose(),
  };
}

/**
 * The network that `save()` made the bytes of, or that `saveTo` kept at a place, which may also be served: its
 * "https://.../model.json". On the same backend it predicts the same, bit for bit. Default backend: `loadBackend()`. Throws
 * "invalid-data" for bytes that are no saved network and for a model without what `saveTo` adds, "storage-failed" where
 * nothing can be read.
 */
export async function loadNetwork(
  source: ArrayBuffer | Uint8Array | string | URL,
  backend?: Backend,
): Promise<FittedNetwork> {
  const on = backend ?? (await loadBackend());
  const isPlace = typeof source === "string" || source instanceof URL;
  const { artifacts, shape, classes } = isPlace ? await readPlace(on, source) : readBytes(source);
  const layers = await on.layers();
  registerLayers(on.tf, layers);
  const network = await layers.loadLayersModel(on.tf.io.fromMemory(artifacts));
  return fittedNetwork(on, network, shape, classes);
}

interface SavedNetwork extends NetworkMetadata {
  readonly artifacts: io.ModelArtifacts;
}

async function readPlace({ tf }: Backend, place: string | URL): Promise<SavedNetwork> {
  const artifacts = await networkLocation(tf, place).load();
  return { artifacts, ...readMetadata(artifacts.userDefinedMetadata, String(place)) };
}

function readBytes(file: ArrayBuffer | Uint8Array): SavedNetwork {
  const { name, settings, arrays } = unpackModel(file);
  if (name !== "network") throw new VernierError("invalid-data", `model file: expected a network, got "${name}"`);
  const { shape, classes, ...model } = settings as unknown as NetworkMetadata & io.ModelArtifacts;
  const weightData = (arrays["weights"] as Uint8Array).slice().buffer as ArrayBuffer;
  return { artifacts: { ...model, weightData }, shape, classes };
}
