/** An `AbortController` that is made when someone asks for its signal: most trials never do, and making one takes time. */
export interface LazySignal {
  signal(): AbortSignal;
  abort(reason: unknown): void;
}

export function createLazySignal(): LazySignal {
  let made: AbortController | null = null;
  let aborted: { readonly reason: unknown } | null = null;
  return {
    signal() {
      if (made === null) {
        made = new AbortController();
        if (aborted !== null) made.abort(aborted.reason);
      }
      return made.signal;
    },
    abort(reason) {
      aborted ??= { reason };
      made?.abort(reason);
    },
  };
}
