// A worker's own file; `vernier/worker` by its address, as import maps do not reach into workers.
import { serveObjective } from "../../../build/js/worker.js";
import sleepy from "./sleepy.mjs";

serveObjective(sleepy);
