// Prints what neural-gpu-training.mjs finds on the built package; with "ask" only whether there is an adapter.
import * as neural from "vernier/neural";
import { distances } from "./neural-gpu-training.mjs";

if (globalThis.process.argv[2] === "ask") {
  console.log((await globalThis.navigator?.gpu?.requestAdapter()) != null);
} else {
  console.log(JSON.stringify(await distances(neural)));
}
