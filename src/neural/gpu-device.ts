import type { KernelBackend } from "@tensorflow/tfjs-core";
import { VernierError } from "../core/errors.ts";

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
  /** The reads under way. */
  readonly reads: Set<(error: VernierError) => void>;
}

// A read may fail before its device is known to be lost; so many milliseconds later it is.
const LOSS_KNOWN = 100;

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
  const watch: Watch = { lost: null, refused: null, reads: new Set() };
  watches.set(backend, watch);
  void backend.device.lost.then(({ reason, message }) => {
    watch.lost = loss(message || reason || "no reason given");
    for (const reject of watch.reads) reject(watch.lost);
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
      throw refusal(error as Error);
    }
  };
  backend.getBufferData = async (...call) => {
    if (watch.lost !== null) throw watch.lost;
    const found = await unlessLost(watch, getBufferData.apply(backend, call));
    const { refused } = watch;
    watch.refused = null;
    if (refused !== null) throw refused;
    return found;
  };
}

function unlessLost<T>({ reads }: Watch, read: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    reads.add(reject);
    const end = (settle: () => void): void => {
      reads.delete(reject);
      settle();
    };
    read.then(
      (found) => end(() => resolve(found)),
      (cause: Error) => setTimeout(() => end(() => reject(refusal(cause))), LOSS_KNOWN),
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
  const expected = "expected a device that computes this (smaller layers or batches need less)";
  return new VernierError("unsupported", `"webgpu": ${expected}, got ${cause.message}`, { cause });
}
