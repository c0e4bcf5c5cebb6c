// Tunes an objective over HTTP, two trials at a time: the service says what to try, this program tries it.
// Usage: TOKEN=... node client.js http://127.0.0.1:8787
import { pathToFileURL } from "node:url";

export const definition = {
  name: "bowl",
  space: {
    x: { type: "float", low: -5, high: 5 },
    rate: { type: "float", low: 1e-4, high: 1, log: true },
    shape: { type: "choice", values: ["round", "flat"] },
  },
  // In under a millisecond, as an isolate's processor time is limited; "auto" finds better points in tens of them.
  sampler: "tpe",
  pruner: { name: "median", options: { startupTrials: 4 } },
  seed: 7,
  lag: 2,
};

/** The value after each of three steps. */
export function* train({ x, rate, shape }) {
  for (const left of [4, 2, 1]) yield (x - 1) ** 2 + (rate - 0.01) ** 2 + (shape === "flat" ? 0.5 : 0) + left - 1;
}

/** Evaluates trials of the study, `parallel` at a time, until it has `trials`; `call(path, body)` asks the service. */
export async function tune(call, { trials, parallel }) {
  await call("/studies", definition);
  let started = (await call(`/studies/${definition.name}`)).trials.total;

  async function work() {
    while (started < trials) {
      started++;
      const { number, params } = await call(`/studies/${definition.name}/ask`, {});
      const at = `/studies/${definition.name}/trials/${number}`;
      let value = null;
      let prune = false;
      let step = 0;
      for (const now of train(params)) {
        value = now;
        ({ prune } = await call(`${at}/report`, { value, step: step++ }));
        if (prune) break;
      }
      await call(`${at}/tell`, prune ? { state: "pruned" } : { value });
    }
  }

  await Promise.all(Array.from({ length: parallel }, work));
  return {
    best: await call(`/studies/${definition.name}/best`),
    ...(await call(`/studies/${definition.name}/digest`)),
  };
}

/** Sends JSON, and once more each time the service says that it is too early. */
export function caller(fetch, origin, token) {
  return async function call(path, body) {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    for (;;) {
      const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
      const response = await fetch(origin + path, init);
      const answer = await response.json();
      if (response.ok) return answer;
      if (answer.error.code !== "not-ready") throw new Error(`${path}: ${answer.error.message}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [origin = "http://127.0.0.1:8787"] = process.argv.slice(2);
  console.log(await tune(caller(fetch, origin, process.env.TOKEN), { trials: 40, parallel: 2 }));
}
