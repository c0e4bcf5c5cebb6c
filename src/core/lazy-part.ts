import { VernierError } from "./errors.ts";

/** Code that is loaded when it is first needed, once in a thread. */
export interface LazyPart<T> {
  /** Undefined when it is there already; the promise rejects with `unsupported` where `import()` is refused or fails. */
  load(): Promise<void> | undefined;
  /** Throws `unsupported` as long as it is not there. */
  get(): T;
  /** Takes the code from who has it by a plain import. */
  provide(code: T): void;
}

/** The part of that name, which `load` imports; `remedy` says how to have it without. */
export function lazyPart<T>(name: string, load: () => Promise<T>, remedy: string): LazyPart<T> {
  let part: { readonly code: T } | null = null;
  return {
    load() {
      if (part !== null) return undefined;
      return load().then(
        (code) => {
          part ??= { code };
        },
        (cause: unknown) => {
          const message = `"${name}": expected import() to load its code, got: ${cause}; without import(), ${remedy}`;
          throw new VernierError("unsupported", message, { cause });
        },
      );
    },
    get() {
      if (part !== null) return part.code;
      const message = `"${name}": expected prepare() to have been awaited first, got a call before; or ${remedy}`;
      throw new VernierError("unsupported", message);
    },
    provide(code) {
      part = { code };
    },
  };
}
