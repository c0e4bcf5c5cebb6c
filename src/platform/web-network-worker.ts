// What a worker of a search of networks runs in browsers. The build makes one file of it, which imports TensorFlow.js alone.
import objective, { setup } from "../neural/tuning/network-worker.ts";
import { serveObjective } from "../worker.ts";

serveObjective(objective, setup);
