import type { MessageEndpoint } from "../pool/endpoint.ts";
import type { Parent } from "../pool/parent.ts";
import { portableClock } from "./portable-clock.ts";
import type { Hello } from "./web-hello.ts";

declare const self: DedicatedWorkerGlobalScope;
declare const Bun: { readonly isMainThread: boolean };
declare const process: { on?(event: "exit", listener: () => void): void };

const unreadable =
  "a message that could not be read (a Content-Security-Policy for the worker's file may forbid WebAssembly)";

/** The thread that started this worker of the web; null in a thread that is none. */
export function openParent(): Parent | null {
  if (!isWorker()) return null;
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
      // A policy may forbid the very module that the parent posts.
      self.addEventListener("messageerror", () => listener(new Error(unreadable)));
    },
    // Browsers run nothing at a worker's end; Deno and Bun do.
    onExit: (listener) => void (typeof process !== "undefined" && process.on?.("exit", listener)),
  };
}

function isWorker(): boolean {
  if (typeof Bun !== "undefined") return !Bun.isMainThread;
  const scope = typeof DedicatedWorkerGlobalScope === "undefined" ? null : DedicatedWorkerGlobalScope;
  return scope !== null && typeof self !== "undefined" && self instanceof scope;
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
