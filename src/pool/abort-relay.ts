/** Calls `told` when the signal is aborted, unless the function that it returns was called before. */
export type OnAbort = (signal: AbortSignal, told: () => void) => () => void;

/** Listens once to each signal, for however many: runtimes warn of a leak where there are more than ten listeners. */
export function createAbortRelay(): OnAbort {
  const relays = new Map<AbortSignal, { readonly all: Set<() => void>; readonly listener: () => void }>();

  function listenTo(signal: AbortSignal): { readonly all: Set<() => void>; readonly listener: () => void } {
    const all = new Set<() => void>();
    const listener = (): void => {
      for (const told of all) told();
    };
    const relay = { all, listener };
    relays.set(signal, relay);
    signal.addEventListener("abort", listener, { once: true });
    return relay;
  }

  return (signal, told) => {
    const { all, listener } = relays.get(signal) ?? listenTo(signal);
    all.add(told);
    return () => {
      all.delete(told);
      if (all.size > 0) return;
      relays.delete(signal);
      signal.removeEventListener("abort", listener);
    };
  };
}
