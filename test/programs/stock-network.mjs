// Loads a model as anybody with TensorFlow.js does, without Vernier. Argument: a JSON file of { url, inputs }. Prints its logits.
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { loadLayersModel } from "@tensorflow/tfjs-layers";

const { url, inputs } = JSON.parse(readFileSync(process.argv[2], "utf8"));
await tf.setBackend("cpu");
const model = await loadLayersModel(url);
console.log(JSON.stringify(model.predict(tf.tensor2d(inputs)).arraySync()));
