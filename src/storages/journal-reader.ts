import { VernierError } from "../core/errors.ts";
import type { JournalRecord } from "../core/record.ts";
import type { OpenFile } from "./file-system.ts";
import { decodeLines } from "./journal-codec.ts";

const newline = 10;
const chunkSize = 1 << 24;
/** So many bytes before the point it has read to are compared, to see that the file is the same one. */
const guardSize = 64;

/** How every record of a journal begins. */
const firstBytes = '{"op_code":';

/** Throws `storage-corrupt` for a file whose beginning is neither a record nor the torn beginning of one. */
export function checkHead(file: OpenFile, size: number, path: string): void {
  const head = new TextDecoder().decode(file.read(0, Math.min(size, 65_536)));
  const end = head.indexOf("\n");
  if (end >= 0) decodeLines(head.slice(0, end + 1), { file: path, line: 1 });
  else if (!head.startsWith(firstBytes) && !firstBytes.startsWith(head)) {
    decodeLines(`${head}\n`, { file: path, line: 1 });
  }
}

/** Reads a growing journal, each byte once: it remembers where every record begins. */
export class JournalReader {
  readonly #path: string;
  /** `#offsets[k]` is the byte at which record k begins; the last one is where the next record will. */
  readonly #offsets: number[] = [0];
  /** The bytes just before that point. */
  #guard: Uint8Array = new Uint8Array(0);

  constructor(path: string) {
    this.#path = path;
  }

  /** The records from position `from` on; `file` is null when there is none. */
  read(file: OpenFile | null, from: number): JournalRecord[] {
    const known = this.#offsets.length - 1;
    const end = this.#offsets[known] as number;
    const size = file?.size() ?? 0;
    if (size < end)
      this.#refuse(`expected at least ${end} bytes, as read before, got ${file === null ? "none" : size}`);
    if (file === null) return [];
    const before = file.read(end - this.#guard.length, this.#guard.length);
    if (before.some((byte, i) => byte !== this.#guard[i])) {
      this.#refuse(`expected the file read before to grow, got another one in its place`);
    }
    const first = Math.min(from, known);
    const records = this.#readLines(file, first, size);
    if (this.#offsets.length === 1) checkHead(file, size, this.#path);
    return from > first ? records.slice(from - first) : records;
  }

  /** How many records it has read, if the file, of `size` bytes, ends where it has read to; else null. */
  lengthAt(file: OpenFile, size: number): number | null {
    if (size !== this.#offsets.at(-1)) return null;
    const before = file.read(size - this.#guard.length, this.#guard.length);
    return before.every((byte, i) => byte === this.#guard[i]) ? this.#offsets.length - 1 : null;
  }

  /** Goes on behind records that were appended where it had read to. */
  skip(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#remember(bytes, this.#offsets.at(-1) as number);
  }

  #readLines(file: OpenFile, first: number, size: number): JournalRecord[] {
    const records: JournalRecord[] = [];
    let position = this.#offsets[first] as number;
    let length = chunkSize;
    while (position < size) {
      const bytes = file.read(position, Math.min(length, size - position));
      const end = bytes.lastIndexOf(newline) + 1;
      if (end === 0) {
        // A last line that is not complete yet, or a record longer than the chunk.
        if (position + bytes.length >= size || bytes.length < length) break;
        length *= 2;
        continue;
      }
      const whole = bytes.subarray(0, end);
      const place = { file: this.#path, line: first + records.length + 1 };
      for (const record of decodeLines(new TextDecoder().decode(whole), place)) records.push(record);
      this.#remember(whole, position);
      position += end;
    }
    return records;
  }

  #remember(bytes: Uint8Array, position: number): void {
    const known = this.#offsets.at(-1) as number;
    for (let i = bytes.indexOf(newline, Math.max(0, known - position)); i >= 0; i = bytes.indexOf(newline, i + 1)) {
      this.#offsets.push(position + i + 1);
    }
    if (position + bytes.length > known) this.#guard = bytes.slice(-guardSize);
  }

  #refuse(message: string): never {
    throw new VernierError("storage-corrupt", `"${this.#path}": ${message}`);
  }
}
