/** What the journal needs of files; a runtime's platform provides it. Failures throw with a POSIX `code`. */
export interface FileSystem {
  /** The path from the root. */
  absolute(path: string): string;
  /** Null when there is no such file and `mode` is "read"; "append" makes it. */
  open(path: string, mode: "read" | "append"): OpenFile | null;
  /** Makes a symbolic link; false when something is there already. */
  link(target: string, path: string): boolean;
  /** Makes an empty file; false when something is there already. */
  create(path: string): boolean;
  stat(path: string): FileStat | null;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Milliseconds from an arbitrary origin, never going back. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export interface FileStat {
  /** Of the entry itself, not of what it links to: differs between two files made one after the other. */
  readonly identity: string;
  /** When the file last changed, links followed; of the link itself when it leads nowhere. */
  readonly modified: number;
}

export interface OpenFile {
  /** Bytes. */
  size(): number;
  /** `length` bytes from `position`, fewer at the file's end. */
  read(position: number, length: number): Uint8Array;
  /** Writes all of the bytes at the end, wherever it is by now. */
  append(bytes: Uint8Array): void;
  truncate(size: number): void;
  /** Resolves when what was written will survive a loss of power. */
  flush(): Promise<void>;
  close(): void;
}
