// Searches of networks with one worker and with several; prints what they came to as one line of JSON.
import * as neural from "vernier/neural";
import { tuned } from "./neural-tuned.mjs";

console.log(JSON.stringify(await tuned(neural)));
