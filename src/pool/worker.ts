import { expose, wrap } from "comlink";
import type { TrialFailure } from "../core/trial.ts";
import { evaluate, failureOf } from "../study/evaluate.ts";
import { createLazySignal, type LazySignal } from "../study/lazy-signal.ts";
import type { Objective } from "../study/objective.ts";
import type { CoreExports } from "../wasm/core.ts";
import type { DefaultInstance } from "../wasm/default-instance.ts";
import { createOutbox, type Outbox, type RemoteHost } from "./outbox.ts";
import type { Parent } from "./parent.ts";
import { type Reason, reviveReason, type StartFailure, type WorkerApi, type WorkerInit } from "./protocol.ts";

/** What evaluates a worker's trials, or why nothing does. */
export type LoadObjective = (init: WorkerInit) => Promise<Objective<never> | StartFailure>;

/** Evaluates the trials that arrive from the parent; `core` is given the module that the parent compiled. */
export function serveWorker(parent: Parent, core: DefaultInstance<CoreExports>, load: LoadObjective): void {
  const host = wrap(parent.endpoint) as unknown as RemoteHost & { died(failure: TrialFailure): Promise<unknown> };
  let objective: Objective<never>;
  let running: { readonly outbox: Outbox; readonly signal: LazySignal } | null = null;

  const api: WorkerApi = {
    async start(init) {
      await parent.watched;
      core.set(init.module);
      const loaded = await load(init);
      if (typeof loaded !== "function") return loaded;
      objective = loaded;
      return null;
    },
    async run(task) {
      const outbox = createOutbox(host, parent.clock);
      const signal = createLazySignal();
      running = { outbox, signal };
      const outcome = await evaluate(core.get(), objective, task, outbox, signal.signal);
      const words = outbox.end();
      running = null;
      return { outcome, words };
    },
    abort(reason: Reason) {
      running?.signal.abort(reviveReason(reason));
    },
  };
  expose(api, parent.endpoint as never);
  const flush = (): void => running?.outbox.flush();
  parent.onExit(flush);
  parent.onUncaught((error) => {
    flush();
    host.died(failureOf(error)).catch(() => {});
  });
}
