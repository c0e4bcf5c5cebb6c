/** One side of a message channel in the form that Comlink speaks to: what a `MessagePort` has in browsers. */
export interface MessageEndpoint {
  postMessage(message: unknown, transfer?: readonly object[]): void;
  addEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: string, listener: (event: { readonly data: unknown }) => void): void;
}
