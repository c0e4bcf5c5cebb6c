// What a worker of a page runs: answers any message, in a shared worker any connection, with the digests.
import { digests } from "./index.ts";

interface Scope {
  onmessage: (() => void) | null;
  onconnect: ((event: { readonly ports: readonly Answer[] }) => void) | null;
  postMessage: Answer["postMessage"];
}
interface Answer {
  postMessage(text: string): void;
}

const scope = globalThis as unknown as Scope;
const answer = async (to: Answer): Promise<void> => to.postMessage(await digests());

scope.onmessage = () => void answer(scope);
scope.onconnect = ({ ports }) => void answer(ports[0] as Answer);
