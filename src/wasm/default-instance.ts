import type { Core, CoreSource } from "./core.ts";

/** A thread's own instance of a module. */
export interface DefaultInstance<E> {
  /** The instance: made at the first call, and anew after a trap. */
  get(): Core<E>;
  /** Takes another copy of the module, or with null again the one that ships with the package. */
  set(source: CoreSource | null): void;
}

/** An instance that `instantiate` makes, of the module that `shipped` gives as long as none is set. */
export function defaultInstance<E>(
  instantiate: (source: CoreSource) => Core<E>,
  shipped: () => CoreSource,
): DefaultInstance<E> {
  let core: Core<E> | null = null;
  return {
    get() {
      if (core === null || core.trapped) core = instantiate(core?.module ?? shipped());
      return core;
    },
    set(source) {
      core = source === null ? null : instantiate(source);
    },
  };
}
