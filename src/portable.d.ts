// The globals that every supported runtime has, and no more: the library compiles without the DOM's
// and Node's types, so that anything else a file reaches for is a type error.

declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Module {
    readonly __wasmModule?: never;
  }
  interface Instance {
    readonly exports: Record<string, unknown>;
  }
  const Module: { new (bytes: ArrayBufferView | ArrayBuffer): Module };
  const Memory: { new (size: { readonly initial: number }): Memory };
  const RuntimeError: ErrorConstructor;
  function instantiate(bytes: ArrayBufferView, imports: object): Promise<{ readonly instance: Instance }>;
}

declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}

declare class URL {
  constructor(url: string, base?: string | URL);
  readonly href: string;
  readonly protocol: string;
}

interface Request {
  readonly method: string;
  readonly url: string;
}
interface Response {
  readonly status: number;
}
declare const Response: {
  new (body: string, init: { status: number; headers: Readonly<Record<string, string>> }): Response;
};

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare const crypto: { getRandomValues<T extends ArrayBufferView>(array: T): T; randomUUID(): string };

declare function btoa(binary: string): string;
declare function setTimeout(callback: () => void, milliseconds?: number): unknown;
declare function clearTimeout(timer: unknown): void;
declare function structuredClone<T>(value: T): T;
declare const performance: { now(): number };

interface ImportMeta {
  readonly url: string;
}
