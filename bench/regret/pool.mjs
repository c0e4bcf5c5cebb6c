import { Worker } from "node:worker_threads";

/** Measures every study of the list with `workers` at a time; the answers are in the list's order. */
export async function measureAll(studies, workers, onProgress = () => {}) {
  const answers = Array.from({ length: studies.length });
  let next = 0;
  let done = 0;
  const lane = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL("./worker.mjs", import.meta.url));
      let current = -1;
      const feed = () => {
        if (next === studies.length) return void worker.terminate().then(resolve);
        current = next++;
        worker.postMessage(studies[current]);
      };
      worker.on("error", (cause) => {
        next = studies.length;
        reject(new Error(`in ${JSON.stringify(studies[current])}: ${cause.message}`, { cause }));
      });
      worker.on("message", (answer) => {
        answers[current] = answer;
        onProgress(++done, studies.length);
        feed();
      });
      feed();
    });
  await Promise.all(Array.from({ length: Math.min(workers, studies.length) }, lane));
  return answers;
}
