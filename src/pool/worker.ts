import { expose, wrap } from "comlink";
import { show } from "../core/errors.ts";
import type { Clock } from "../study/clock.ts";
import { evaluate, failureOf } from "../study/evaluate.ts";
import type { Objective, ObjectiveModule } from "../study/objective.ts";
import { defaultCore, setDefaultCore } from "../wasm/default-core.ts";
import type { MessageEndpoint } from "./endpoint.ts";
import { createOutbox, type Outbox, type RemoteHost } from "./outbox.ts";
import type { StartFailure, WorkerApi, WorkerInit } from "./protocol.ts";

/** Evaluates the trials that arrive on `endpoint`. Returns a function that sends the words still waiting. */
export function serveWorker(endpoint: MessageEndpoint, clock: Clock): () => void {
  const host = wrap(endpoint) as unknown as RemoteHost;
  // The thread is ended from outside when its trial is to be given up, so this is never aborted.
  const { signal } = new AbortController();
  let objective: Objective<never>;
  let outbox: Outbox | null = null;

  const api: WorkerApi = {
    async start(init) {
      setDefaultCore(init.module);
      const loaded = await load(init);
      if (typeof loaded !== "function") return loaded;
      objective = loaded;
      return null;
    },
    async run(task) {
      outbox = createOutbox(host, clock);
      const outcome = await evaluate(defaultCore(), objective, task, outbox, () => signal);
      const words = outbox.end();
      outbox = null;
      return { outcome, words };
    },
  };
  expose(api, endpoint as never);
  return () => outbox?.flush();
}

async function load({ objective: url, workerData }: WorkerInit): Promise<Objective<never> | StartFailure> {
  let loaded: Partial<ObjectiveModule>;
  try {
    loaded = (await import(url)) as Partial<ObjectiveModule>;
  } catch (error) {
    return refused(`${url} to be a module that can be imported`, error);
  }
  const { default: objective, setup } = loaded;
  if (typeof objective !== "function") {
    return { expected: `${url} to export its objective, a function, as default`, got: show(objective), failure: null };
  }
  if (setup === undefined) return objective;
  if (typeof setup !== "function") {
    return { expected: `"setup" of ${url} to be a function`, got: show(setup), failure: null };
  }
  try {
    await setup(workerData);
  } catch (error) {
    return refused(`"setup" of ${url} to succeed`, error);
  }
  return objective;
}

function refused(expected: string, error: unknown): StartFailure {
  const failure = failureOf(error);
  return { expected, got: `${failure.name}: ${failure.message}`, failure };
}
