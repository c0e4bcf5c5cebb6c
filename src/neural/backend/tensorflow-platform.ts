/** Files of folders; a folder is given by its path or its file: URL. */
export interface FolderFiles {
  read(folder: string, name: string): Promise<Uint8Array>;
  /** Makes the folder where there is none. */
  write(folder: string, name: string, bytes: Uint8Array): Promise<void>;
}

/** What loading TensorFlow.js, training with it and keeping networks ask of a runtime. */
export interface TensorflowPlatform {
  /** The folder, with a slash at its end, of the WebAssembly files: a path where there are files, else a URL. */
  wasmFolder(): string;
  /** The same folder, written so that it means the same in every thread. */
  absolute(folder: string): string;
  /** Runs the work, and takes away the handlers of uncaught errors that TensorFlow.js's glue installs meanwhile. */
  withoutRethrow<T>(work: () => Promise<T>): Promise<T>;
  /** Whether WebGPU is there and has an adapter. */
  hasGpu(): Promise<boolean>;
  /** As a study's clock has it. */
  nextTurn(): Promise<void>;
  /** Null where there are no files. */
  readonly files: FolderFiles | null;
}
