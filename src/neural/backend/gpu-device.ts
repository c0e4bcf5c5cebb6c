import type { KernelBackend } from "@tensorflow/tfjs-core";
import { VernierError } from "../../core/errors.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** The parts of TensorFlow.js's WebGPU backend that are watched. */
interface GpuBackend extends KernelBackend {
  readonly device: {
    readonly lost: Promise<{ readonly reason?: string; readonly message: string }>;
    addEventListener(type: "uncapturederror", listener: (event: { readonly error: Error }) => void): void;
  };
  getBufferData: (...given: unknown[]) => Promise<unknown>;
  runWebGPUProgram: (...given: unknown[]) => unknown;
}

interface Watch {
  lost: VernierError | null;
  /** What the device refused since the last read. */
  refused: VernierError | null;
  /** What the device threw last. */
  thrown: unknown;
  /** Those who wait for a read, or to learn whether the device is lost. */
  readonly waiting: Set<(error: VernierError) => void>;
}

// Work may fail before its device is known to be lost; so many milliseconds later it is.
const LOSS_KNOWN = 1000;

const watches = new WeakMap<object, Watch>();

/** Whether the device of a backend is gone. */
export function isDeviceLost(backend: object): boolean {
  return (watches.get(backend)?.lost ?? null) !== null;
}

/**
 * What a device refuses (a buffer that is too large, say) and the loss of the device become errors of the computation and
 * of the next read. By itself TensorFlow.js goes on with a device that is lost and with buffers that there are not.
 */
export function watchDevice(given: KernelBackend): void {
  const backend = given as GpuBackend;
  if (watches.has(backend)) return;
  const watch: Watch = { lost: null, refused: null, thrown: null, waiting: new Set() };
  watches.set(backend, watch);
  void backend.device.lost.then(({ reason, message }) => {
    watch.lost = loss(message || reason || "no reason given");
    for (const reject of watch.waiting) reject(watch.lost);
  });
  backend.device.addEventListener("uncapturederror", ({ error }) => {
    watch.refused ??= refusal(error);
  });
  const { runWebGPUProgram, getBufferData } = backend;
  backend.runWebGPUProgram = (...call) => {
    if (watch.lost !== null) throw watch.lost;
    try {
      return runWebGPUProgram.apply(backend, call);
    } catch (error) {
      watch.thrown = refusal(error as Error);
      throw watch.thrown;
    }
  };
  backend.getBufferData = async (...call) => {
    if (watch.lost !== null) throw watch.lost;
    let failure: unknown = null;
    const found = await unlessLost(watch, getBufferData.apply(backend, call)).catch((error: unknown) => {
      failure = error;
    });
    if (watch.lost !== null) throw watch.lost;
    failure = watch.refused ?? failure;
    watch.refused = null;
    if (failure !== null) throw failure;
    return found;
  };
}

/** Why work on WebGPU failed with an error: the loss of the device, what that refused before, or the error itself. */
export async function explained(tf: TensorFlow, error: unknown): Promise<unknown> {
  const watch = watches.get(tf.backend());
  if (watch === undefined || watch.thrown !== error) return error;
  if (watch.lost !== null) return watch.lost;
  const cause = await unlessLost(watch, Promise.reject(error as Error)).catch((found: unknown) => found);
  // What the device refused first says more; and it is not the next training's.
  const first = watch.refused;
  watch.refused = null;
  return cause === error ? (first ?? cause) : cause;
}

/** What a promise answers, but the loss of the device where that comes first or is why it fails. */
function unlessLost<T>({ waiting }: Watch, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      waiting.delete(lost);
      settle();
    };
    const lost = (error: VernierError): void => end(() => reject(error));
    let timer: ReturnType<typeof setTimeout> | undefined;
    waiting.add(lost);
    work.then(
      (found) => end(() => resolve(found)),
      (cause: Error) => {
        timer = setTimeout(() => end(() => reject(refusal(cause))), LOSS_KNOWN);
      },
    );
  });
}

function loss(why: string): VernierError {
  const expected = `expected the device to stay, but it was lost (${why})`;
  return new VernierError(
    "worker-failed",
    `"webgpu": ${expected}; its tensors are gone, and loadBackend takes a new one`,
  );
}

function refusal(cause: Error): VernierError {
  if (cause instanceof VernierError) return cause;
  const expected = "expected a device that computes this (smaller layers or batches need less)";
  return new VernierError("unsupported", `"webgpu": ${expected}, got ${cause.message}`, { cause });
}
