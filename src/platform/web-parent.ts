import type { MessageEndpoint } from "../pool/endpoint.ts";
import type { Parent } from "../pool/parent.ts";
import { portableClock } from "./portable-clock.ts";
import type { Hello } from "./web-hello.ts";

declare const self: DedicatedWorkerGlobalScope;

/** The thread that started this worker of the web; null in a thread that is none. */
export function openParent(): Parent | null {
  if (typeof DedicatedWorkerGlobalScope === "undefined" || !(self instanceof DedicatedWorkerGlobalScope)) return null;
  return {
    endpoint: self as MessageEndpoint,
    clock: portableClock,
    watched: sayHello(),
    onUncaught(listener) {
      self.addEventListener("error", (event) => {
        event.preventDefault();
        listener(event.error ?? new Error(event.message));
      });
      self.addEventListener("unhandledrejection", (event) => {
        event.preventDefault();
        listener(event.reason);
      });
    },
    // Nothing is run at a worker's end.
    onExit: () => {},
  };
}

/** Resolves once the host knows what lock this worker holds until its end. */
async function sayHello(): Promise<void> {
  const lock = globalThis.navigator?.locks === undefined ? null : `vernier-worker-${crypto.randomUUID()}`;
  if (lock !== null) await hold(lock);
  const hello: Hello = { vernier: "hello", lock };
  self.postMessage(hello, []);
}

function hold(lock: string): Promise<void> {
  return new Promise((held) => {
    void navigator.locks.request(lock, () => {
      held();
      return new Promise(() => {});
    });
  });
}
