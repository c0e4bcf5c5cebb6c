// The objective module of a search of networks, beside the code that names it.
export { default, setup } from "../neural/tuning/network-worker.ts";
