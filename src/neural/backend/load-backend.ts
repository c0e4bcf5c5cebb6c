import { tensorflowPlatform } from "#tensorflow-platform";
import { expectOneOf, show, VernierError } from "../../core/errors.ts";
import { registerKernels } from "../kernels/register.ts";
import { registerConvGradients } from "./conv-gradient.ts";
import { watchDevice } from "./gpu-device.ts";
import { mendSegmentSum } from "./gpu-segment-sum.ts";
import { forgetLost, isLost } from "./lost-backend.ts";
import { openTensorMemory, type WasmBackend } from "./tensor-memory.ts";
import { type Layers, loadTensorFlow, peer, type TensorFlow } from "./tensorflow.ts";
import { limitWeights } from "./weight-limit.ts";

/** Where TensorFlow.js computes. */
export type BackendName = "wasm" | "webgpu" | "cpu";

export interface LoadBackendOptions {
  /**
   * The folder of TensorFlow.js's .wasm files: a URL in browsers, a path where there are files. Default: in Node, Deno and
   * Bun the installed package's, in browsers that of the script that Vernier is part of.
   */
  readonly wasmPath?: string;
  /** The bytes of `tfjs-backend-wasm-simd.wasm`, in place of a folder. */
  readonly wasm?: Uint8Array;
}

/** TensorFlow.js, ready to train. */
export interface Backend {
  readonly name: BackendName;
  /** `@tensorflow/tfjs-core` with all gradients and chained operations. */
  readonly tf: TensorFlow;
  /** Loads `@tensorflow/tfjs-layers`; throws "unsupported" where it is not installed. */
  layers(): Promise<Layers>;
  /**
   * Starts it anew where WebGPU lost its device or WebAssembly stopped for want of memory; else does nothing. Tensors of a
   * lost device are gone, those in WebAssembly's memory stay. A search does so before each trial.
   */
  revive(): Promise<void>;
}

const names = ["auto", "wasm", "webgpu", "cpu"] as const;

/**
 * Loads TensorFlow.js and makes a backend its current one. On "wasm" Vernier's kernels come in place of those that are
 * missing, wrong or slow, and it computes in one thread: a training has the same bits in every runtime.
 *
 * "auto" is "wasm", or "cpu" where WebAssembly or its package is missing; never "webgpu", whose bits are those of the
 * graphics card: ask for it by name. Deno and browsers have WebGPU; for Node the npm package `webgpu` (Dawn) makes a
 * `navigator.gpu`, to be there with its globals before this is called. On WebGPU a lost device and what the device refuses
 * are errors of the computation that they befall.
 *
 * Throws a VernierError: "invalid-argument" for another name, "unsupported" where a package is not installed (the message
 * says which) or the backend is not available.
 */
export async function loadBackend(
  name: BackendName | "auto" = "auto",
  options: LoadBackendOptions = {},
): Promise<Backend> {
  expectOneOf("backend", name, names);
  checkOptions(options);
  const tf = await loadTensorFlow();
  if (name !== "auto") return activate(tf, name, options);
  try {
    return await activate(tf, "wasm", options);
  } catch (error) {
    return activate(tf, "cpu", options).catch(() => {
      throw error;
    });
  }
}

function checkOptions({ wasmPath, wasm }: LoadBackendOptions): void {
  if (wasmPath !== undefined && (typeof wasmPath !== "string" || wasmPath === "")) {
    throw new VernierError("invalid-argument", `"wasmPath": expected a folder's path or URL, got ${show(wasmPath)}`);
  }
  if (wasm !== undefined && !(wasm instanceof Uint8Array)) {
    throw new VernierError("invalid-argument", `"wasm": expected a Uint8Array, got ${show(wasm)}`);
  }
}

async function activate(tf: TensorFlow, name: BackendName, options: LoadBackendOptions): Promise<Backend> {
  await start(tf, name, options);
  return {
    name,
    tf,
    async layers() {
      const layers = await peer("@tensorflow/tfjs-layers", () => import("@tensorflow/tfjs-layers"));
      limitWeights(layers);
      return layers;
    },
    async revive() {
      if (isLost(tf, name)) await start(tf, name, options);
    },
  };
}

async function start(tf: TensorFlow, name: BackendName, options: LoadBackendOptions): Promise<void> {
  forgetLost(tf, name);
  await load[name](tf, options);
  const set = (): Promise<boolean> => tf.setBackend(name).catch(() => false);
  if (!(await tensorflowPlatform.withoutRethrow(set))) {
    const hint = name === "wasm" ? '; are its .wasm files where "wasmPath" says?' : "";
    throw new VernierError("unsupported", `"backend": expected ${name} to start here, but it did not${hint}`);
  }
  if (name === "wasm") await mend(tf);
  if (name === "webgpu") {
    watchDevice(tf.backend());
    mendSegmentSum(tf);
  }
}

const load: Record<BackendName, (tf: TensorFlow, options: LoadBackendOptions) => Promise<void>> = {
  async cpu() {
    await peer("@tensorflow/tfjs-backend-cpu", () => import("@tensorflow/tfjs-backend-cpu"));
  },
  async webgpu() {
    if (!(await tensorflowPlatform.hasGpu())) {
      throw new VernierError("unsupported", '"backend": expected WebGPU with an adapter for "webgpu", found none');
    }
    await peer("@tensorflow/tfjs-backend-webgpu", () => import("@tensorflow/tfjs-backend-webgpu"));
  },
  async wasm(tf, options) {
    const { setWasmPaths } = await peer("@tensorflow/tfjs-backend-wasm", () => import("@tensorflow/tfjs-backend-wasm"));
    if (started(tf)) return;
    // One thread a worker: the order of every sum is then fixed, and trials run in parallel instead.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    const folder = options.wasmPath?.replace(/([^/\\])$/, "$1/") ?? tensorflowPlatform.wasmFolder();
    const bytes = options.wasm === undefined ? null : dataUrl(options.wasm);
    wasmPlace =
      bytes === null ? { wasmPath: tensorflowPlatform.absolute(folder) } : { wasm: options.wasm as Uint8Array };
    for (const suffix of ["", "-simd", "-threaded-simd"]) {
      const file = `tfjs-backend-wasm${suffix}.wasm`;
      wasmFiles[file] = bytes ?? folder + file;
    }
    if (!filesGiven) setWasmPaths(wasmFiles, bytes !== null);
    filesGiven = true;
  },
};

// TensorFlow.js takes no other places after a start that failed, but reads these from the object that it was given.
const wasmFiles: Record<string, string> = {};
let filesGiven = false;
let wasmPlace: LoadBackendOptions = {};

/** Plain data by which another thread starts a backend like this thread's. */
export interface BackendSpec {
  readonly name: BackendName;
  readonly options: LoadBackendOptions;
}

/** What to give to `loadBackend` in another thread, whoever started the backend in this one. */
export function backendSpec({ name }: Backend): BackendSpec {
  return { name, options: name === "wasm" ? wasmPlace : {} };
}

function started(tf: TensorFlow): boolean {
  return tf.engine().registry["wasm"] !== undefined;
}

const mended = new WeakMap<WasmBackend, Promise<void>>();
let registered = false;

/** Puts Vernier's kernels into the current backend, once. */
function mend(tf: TensorFlow): Promise<void> {
  const backend = tf.backend() as WasmBackend;
  let done = mended.get(backend);
  if (done === undefined) {
    done = openTensorMemory(backend).then(() => {
      if (registered) return;
      registered = true;
      registerKernels(tf);
      registerConvGradients(tf);
    });
    mended.set(backend, done);
  }
  return done;
}

function dataUrl(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return `data:application/wasm;base64,${btoa(binary)}`;
}
