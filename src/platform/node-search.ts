/** The module that evaluates a search's candidates in workers. */
export function searchWorker(): URL {
  return new URL("./node-search-worker.js", import.meta.url);
}
