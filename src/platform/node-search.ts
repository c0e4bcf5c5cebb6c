/** The module that evaluates a search's candidates in workers. */
export const searchWorker: URL = new URL("../selection/search-worker.js", import.meta.url);
