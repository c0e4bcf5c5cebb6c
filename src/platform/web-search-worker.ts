// What a worker of a search runs in browsers. The build makes one file of it that imports nothing, as of web-worker.
import objective, { setup } from "../selection/search-worker.ts";
import { serveObjective } from "../worker.ts";

serveObjective(objective, setup);
