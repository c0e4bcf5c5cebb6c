// A worker with an objective of its own.
import { serveObjective } from "vernier/worker";
import sleepy from "./sleepy.mjs";

serveObjective(sleepy);
