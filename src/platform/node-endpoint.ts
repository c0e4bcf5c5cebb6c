import type { MessagePort, Worker } from "node:worker_threads";
import type { MessageEndpoint } from "../pool/endpoint.ts";

type Listener = Parameters<MessageEndpoint["addEventListener"]>[1];

/** A worker, or the port to its parent, with the events of the web's message ports. */
export function nodeEndpoint(port: Worker | MessagePort): MessageEndpoint {
  const wrapped = new Map<Listener, (data: unknown) => void>();
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer as never),
    addEventListener(type, listener) {
      const onData = (data: unknown): void => listener({ data });
      wrapped.set(listener, onData);
      port.on(type as "message", onData);
    },
    removeEventListener(type, listener) {
      const onData = wrapped.get(listener);
      if (onData !== undefined) port.off(type as "message", onData);
      wrapped.delete(listener);
    },
  };
}
