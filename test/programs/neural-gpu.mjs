// Prints what neural-gpu-training.mjs finds on the built package.
import * as neural from "vernier/neural";
import { distances } from "./neural-gpu-training.mjs";

console.log(JSON.stringify(await distances(neural, 4)));
