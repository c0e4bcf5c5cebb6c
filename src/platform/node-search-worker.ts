// The objective module of a search, beside the code that names it.
export { default, setup } from "../selection/search-worker.ts";
