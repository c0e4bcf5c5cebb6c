import type { MessageEndpoint } from "../pool/endpoint.ts";
import type { WorkerThread, WorkerThreadOptions } from "../pool/platform.ts";
import { isHello } from "./web-hello.ts";

const notLoaded =
  "could not load its script (no such file, another type than JavaScript, or a Content-Security-Policy without worker-src for it)";

/**
 * A worker of the web that serves trials. It has no event for its end: one that ends of its own accord, or for want of
 * memory, is missed by the lock that it held, where the runtime has Web Locks, and nowhere else.
 */
export function webThread(worker: Worker, { onEnd }: WorkerThreadOptions): WorkerThread {
  const waiting = new AbortController();
  let ended = false;
  let served = false;

  function end(reason: string, error: unknown): void {
    if (ended) return;
    ended = true;
    waiting.abort();
    worker.terminate();
    // Its last messages may be on their way; what awaits them comes first.
    setTimeout(() => onEnd(reason, error), 0);
  }

  worker.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (!isHello(data)) return;
    served = true;
    if (data.lock === null) return;
    navigator.locks
      .request(data.lock, { signal: waiting.signal }, () => end("ended without an error", null))
      // Told to wait no longer.
      .catch(() => {});
  });
  // What a served worker does not catch it says itself, with its name and stack.
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    const { message } = event;
    if (message) end(`died of ${message}`, event.error ?? null);
    else if (!served) end(notLoaded, null);
  });
  // In Bun alone.
  worker.addEventListener("close", (event) => end(`exited with code ${(event as CloseEvent).code}`, null));
  worker.addEventListener("messageerror", () => end("sent what could not be read", null));

  return {
    endpoint: worker as MessageEndpoint,
    async terminate() {
      ended = true;
      waiting.abort();
      worker.terminate();
    },
  };
}
