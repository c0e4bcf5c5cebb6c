import type { FileSystem, OpenFile } from "../../src/storages/file-system.ts";

interface Entry {
  readonly id: number;
  readonly target: string | null;
  bytes: Uint8Array;
  modified: number;
}

/** Files in memory under a clock that only sleep moves, with every call open to failure. */
export class FakeFiles implements FileSystem {
  readonly entries: Map<string, Entry> = new Map();
  readonly sleeps: number[] = [];
  time = 0;
  flushes = 0;
  /** Called at every sleep, when the time has moved. */
  onSleep: () => void = () => {};
  /** Bytes that the disk still takes. */
  room: number = Number.POSITIVE_INFINITY;
  #ids = 0;

  static fail(code: string): never {
    throw Object.assign(new Error(`${code}: refused`), { code });
  }

  put(path: string, text: string, target: string | null = null): void {
    this.entries.set(path, { id: this.#ids++, target, bytes: new TextEncoder().encode(text), modified: this.time });
  }

  text(path: string): string {
    return new TextDecoder().decode((this.entries.get(path) as Entry).bytes);
  }

  absolute(path: string): string {
    return path.startsWith("/") ? path : `/data/${path}`;
  }

  open(path: string, mode: "read" | "append"): OpenFile | null {
    if (!this.entries.has(path)) {
      if (mode === "read") return null;
      this.put(path, "");
    }
    const entry = this.entries.get(path) as Entry;
    return {
      size: () => entry.bytes.length,
      read: (position, length) => entry.bytes.slice(position, position + length),
      append: (bytes) => {
        const fitting = bytes.subarray(0, Math.min(bytes.length, this.room));
        const longer = new Uint8Array(entry.bytes.length + fitting.length);
        longer.set(entry.bytes);
        longer.set(fitting, entry.bytes.length);
        entry.bytes = longer;
        entry.modified = this.time;
        if (fitting.length < bytes.length) FakeFiles.fail("ENOSPC");
      },
      truncate: (size) => {
        entry.bytes = entry.bytes.slice(0, size);
      },
      flush: async () => {
        this.flushes++;
      },
      close: () => {},
    };
  }

  link(target: string, path: string): boolean {
    if (this.entries.has(path)) return false;
    this.put(path, "", target);
    return true;
  }

  create(path: string): boolean {
    if (this.entries.has(path)) return false;
    this.put(path, "");
    return true;
  }

  stat(path: string): { identity: string; modified: number } | null {
    const entry = this.entries.get(path);
    if (entry === undefined) return null;
    const file = (entry.target === null ? null : this.entries.get(entry.target)) ?? entry;
    return { identity: String(entry.id), modified: file.modified };
  }

  rename(from: string, to: string): void {
    const entry = this.entries.get(from) ?? FakeFiles.fail("ENOENT");
    this.entries.delete(from);
    this.entries.set(to, entry);
  }

  remove(path: string): void {
    if (!this.entries.delete(path)) FakeFiles.fail("ENOENT");
  }

  now(): number {
    return this.time;
  }

  async sleep(milliseconds: number): Promise<void> {
    this.sleeps.push(milliseconds);
    this.time += milliseconds;
    this.onSleep();
  }
}
