import type { io } from "@tensorflow/tfjs-core";
import type { FolderFiles } from "../backend/tensorflow-platform.ts";
import type { TensorFlow } from "../backend/tensorflow.ts";

const weightsFile = "weights.bin";

/**
 * TensorFlow.js's handler of a model in a folder, in the form that tfjs-node writes: `model.json` with the topology and
 * what weights there are, `weights.bin` with their numbers. It reads weights in several files too, as converters write them.
 */
export function folderHandler(tf: TensorFlow, files: FolderFiles, folder: string): Required<io.IOHandler> {
  return {
    async save({ weightData, weightSpecs, ...model }) {
      // The weights come first: a folder that has a model.json has all of the model.
      await files.write(folder, weightsFile, new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)));
      const json = { ...model, weightsManifest: [{ paths: [weightsFile], weights: weightSpecs }] };
      await files.write(folder, "model.json", new TextEncoder().encode(JSON.stringify(json)));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    },
    async load() {
      const text = new TextDecoder().decode(await files.read(folder, "model.json"));
      return tf.io.getModelArtifactsForJSON(JSON.parse(text) as io.ModelJSON, async (manifest) => {
        const paths = manifest.flatMap((group) => group.paths);
        const parts = await Promise.all(paths.map((path) => files.read(folder, path)));
        const buffers = parts.map((part) => part.slice().buffer as ArrayBuffer);
        return [manifest.flatMap((group) => group.weights), tf.io.CompositeArrayBuffer.join(buffers)];
      });
    },
  };
}
