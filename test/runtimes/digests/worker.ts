// What a worker of a page runs: answers any message, in a shared worker any connection, with the digests.
import { digests } from "./index.ts";

interface Scope {
  addEventListener(type: "message" | "connect", listener: (event: { readonly ports: readonly Answer[] }) => void): void;
}
interface Answer {
  postMessage(text: string, transfer: readonly never[]): void;
}

const scope = globalThis as unknown as Scope & Answer;
const answer = async (to: Answer): Promise<void> => to.postMessage(await digests(), []);

scope.addEventListener("message", () => void answer(scope));
scope.addEventListener("connect", ({ ports }) => void answer(ports[0] as Answer));
