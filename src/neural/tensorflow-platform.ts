/** What loading TensorFlow.js and training with it ask of a runtime. */
export interface TensorflowPlatform {
  /** The folder, with a slash at its end, of the WebAssembly files: a path where there are files, else a URL. */
  wasmFolder(): string;
  /** Runs the work, and takes away the handlers of uncaught errors that TensorFlow.js's glue installs meanwhile. */
  withoutRethrow<T>(work: () => Promise<T>): Promise<T>;
  /** Whether WebGPU is there and has an adapter. */
  hasGpu(): Promise<boolean>;
  /** As a study's clock has it. */
  nextTurn(): Promise<void>;
}
