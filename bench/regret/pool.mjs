import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Measures every study of the list in `workers` processes; the answers are in the list's order. */
export async function measureAll(studies, workers, onProgress = () => {}) {
  const answers = Array.from({ length: studies.length });
  let next = 0;
  let done = 0;
  const lane = () =>
    new Promise((resolve, reject) => {
      const worker = fork(fileURLToPath(new URL("./worker.mjs", import.meta.url)));
      let current = -1;
      const feed = () => {
        if (next === studies.length) {
          worker.disconnect();
          return;
        }
        current = next++;
        worker.send(studies[current]);
      };
      worker.on("exit", (code) => {
        if (code === 0) return resolve();
        next = studies.length;
        reject(new Error(`${JSON.stringify(studies[current])}: the process ended with ${code}`));
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
