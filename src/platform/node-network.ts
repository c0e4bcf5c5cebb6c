/** The module that trains a search's networks in workers. */
export function networkWorker(): URL {
  return new URL("./node-network-worker.js", import.meta.url);
}
