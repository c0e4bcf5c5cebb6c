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
}

// Milliseconds.
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
  const watch: Watch = { lost: null, refused: null };
  watches.set(backend, watch);
  const loss = backend.device.lost.then(({ reason, message }) => {
    watch.lost = new VernierError(
      "worker-failed",
      `"webgpu": expected the device to stay, but it was lost (${message || reason || "no reason given"}); ` +
        "its tensors are gone, and loadBackend takes a new one",
    );
    return watch.lost;
  });
  backend.device.addEventListener("uncapturederror", ({ error }) => {
    const isMemory = error.constructor.name === "GPUOutOfMemoryError";
    const what = isMemory ? "out of memory: expected smaller layers or batches" : "expected the device to compute";
    watch.refused ??= new VernierError("unsupported", `"webgpu": ${what}, got ${error.message}`);
  });
  const { runWebGPUProgram, getBufferData } = backend;
  backend.runWebGPUProgram = (...call) => {
    if (watch.lost !== null) throw watch.lost;
    return runWebGPUProgram.apply(backend, call);
  };
  backend.getBufferData = async (...call) => {
    if (watch.lost !== null) throw watch.lost;
    const lost = loss.then((error) => {
      throw error;
    });
    const read = getBufferData.apply(backend, call).catch((cause: unknown) => {
      const failed = new VernierError("worker-failed", `"webgpu": expected a tensor's numbers, got ${String(cause)}`, {
        cause,
      });
      // A read may fail before its device is known to be lost.
      return Promise.race([lost, new Promise((_, reject) => setTimeout(() => reject(failed), LOSS_KNOWN))]);
    });
    const found = await Promise.race([read, lost]);
    const { refused } = watch;
    watch.refused = null;
    if (refused !== null) throw refused;
    return found;
  };
}
