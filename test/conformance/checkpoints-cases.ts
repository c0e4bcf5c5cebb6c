import type { Checkpoints } from "../../src/storages/checkpoints.ts";

// What all checkpoints must do, without a test runner: the cases run in browsers' pages as well.

/** Opens the same checkpoints again, which had nothing in them before the case. */
type Open = () => Checkpoints;

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);

function expectSame(what: string, found: Uint8Array | null, expected: Uint8Array | null): void {
  const text = (it: Uint8Array | null): string => (it === null ? "null" : `[${it}] of ${it.constructor.name}`);
  if (text(found) === text(expected)) return;
  throw new Error(`${what}: expected ${text(expected)}, got ${text(found)}`);
}

async function expectRefused(asked: () => Promise<unknown>, message: string): Promise<void> {
  const outcome = await asked().then(
    () => "no error",
    (error: { code?: string; message?: string }) => `${error.code}: ${error.message}`,
  );
  if (outcome !== `invalid-argument: ${message}`) throw new Error(`expected "${message}", got "${outcome}"`);
}

const oddNames = [
  ".",
  "..",
  "../up",
  "a/b",
  "a\\b",
  "a b",
  " ",
  "con",
  "A",
  "a",
  "%0041",
  "é",
  "e\u0301",
  "😀",
  "\ud800",
  "\udfff",
  "\0",
  "a\nb",
  "*?<>|:\"'",
  "__proto__",
  "constructor",
  "trial 7, epoch 10",
  "x".repeat(200),
  "x".repeat(3000),
  `${"x".repeat(3000)}y`,
  "\ufffe\uffff",
];

export const checkpointsCases: Readonly<Record<string, (open: Open) => Promise<void>>> = {
  async "a name never set has none"(open) {
    expectSame("unknown", await open().get("unknown"), null);
    await open().delete("unknown");
    expectSame("unknown", await open().get("unknown"), null);
  },

  async "gives back what was set, to whoever opens them"(open) {
    const kept = open();
    await kept.set("a", bytes(1, 2, 255));
    await kept.set("b", bytes(4));
    expectSame("a", await kept.get("a"), bytes(1, 2, 255));
    expectSame("a again", await open().get("a"), bytes(1, 2, 255));
    expectSame("b", await open().get("b"), bytes(4));
  },

  async "the last bytes count, longer or shorter"(open) {
    const kept = open();
    for (const length of [3, 5000, 1, 0, 2]) {
      const given = new Uint8Array(length).fill(length);
      await kept.set("a", given);
      expectSame("a", await kept.get("a"), given);
    }
  },

  async "forgets what is deleted, and that alone"(open) {
    const kept = open();
    await kept.set("a", bytes(1));
    await kept.set("b", bytes(2));
    await kept.delete("a");
    expectSame("a", await open().get("a"), null);
    expectSame("b", await kept.get("b"), bytes(2));
    await kept.set("a", bytes(3));
    expectSame("a", await kept.get("a"), bytes(3));
  },

  async "no bytes are something"(open) {
    await open().set("empty", bytes());
    expectSame("empty", await open().get("empty"), bytes());
  },

  async "any text is a name of its own"(open) {
    const kept = open();
    for (const [i, name] of oddNames.entries()) await kept.set(name, bytes(i));
    for (const [i, name] of oddNames.entries()) expectSame(JSON.stringify(name), await kept.get(name), bytes(i));
    for (const [i, name] of oddNames.entries()) if (i % 2 === 0) await kept.delete(name);
    for (const [i, name] of oddNames.entries()) {
      expectSame(JSON.stringify(name), await kept.get(name), i % 2 === 0 ? null : bytes(i));
    }
  },

  async "keeps a copy, as the bytes are when they are set"(open) {
    const kept = open();
    const given = bytes(1, 2, 3);
    const set = kept.set("a", given);
    given.fill(9);
    await set;
    expectSame("a", await kept.get("a"), bytes(1, 2, 3));
    expectSame("given", given, bytes(9, 9, 9));
  },

  async "gives copies with a buffer of their own"(open) {
    const kept = open();
    await kept.set("a", bytes(1, 2, 3));
    const found = (await kept.get("a")) as Uint8Array;
    if (found.buffer.byteLength !== 3) throw new Error(`expected a buffer of 3 bytes, got ${found.buffer.byteLength}`);
    found.fill(7);
    expectSame("a", await kept.get("a"), bytes(1, 2, 3));
  },

  async "takes a part of a larger buffer, a subclass and shared memory"(open) {
    class Own extends Uint8Array {}
    const kept = open();
    await kept.set("part", new Uint8Array(bytes(0, 1, 2, 3, 4).buffer, 1, 3));
    await kept.set("own", new Own([5, 6]));
    expectSame("part", await kept.get("part"), bytes(1, 2, 3));
    expectSame("own", await kept.get("own"), bytes(5, 6));
    if (typeof SharedArrayBuffer === "undefined") return;
    const shared = new Uint8Array(new SharedArrayBuffer(2));
    shared[1] = 8;
    await kept.set("shared", shared);
    expectSame("shared", await kept.get("shared"), bytes(0, 8));
  },

  async "of sets at the same time one holds, whole"(open) {
    const handles = [open(), open()];
    const given = (k: number): Uint8Array => new Uint8Array(1000 + k).fill(k);
    await Promise.all(Array.from({ length: 20 }, (_, k) => (handles[k % 2] as Checkpoints).set("a", given(k))));
    const found = (await open().get("a")) as Uint8Array;
    expectSame("a", found, given(found.length - 1000));
    await Promise.all(Array.from({ length: 20 }, (_, k) => (handles[k % 2] as Checkpoints).set(`${k}`, given(k))));
    for (let k = 0; k < 20; k++) expectSame(`${k}`, await open().get(`${k}`), given(k));
  },

  async "keeps big ones"(open) {
    const given = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 2654435761) >>> 24);
    await open().set("big", given);
    const found = (await open().get("big")) as Uint8Array;
    const wrong = given.findIndex((value, i) => value !== found[i]);
    if (found.length !== given.length || wrong !== -1) throw new Error(`${found.length} bytes, other at ${wrong}`);
  },

  async "refuses what is no name and no bytes"(open) {
    const kept = open() as { [method in keyof Checkpoints]: (...args: unknown[]) => Promise<unknown> };
    for (const [name, got] of [
      ["", '""'],
      [7, "7"],
      [undefined, "undefined"],
      [["a"], '["a"]'],
    ] as const) {
      const message = `"name": expected a non-empty checkpoint name, got ${got}`;
      await expectRefused(() => kept.get(name), message);
      await expectRefused(() => kept.set(name, bytes(1)), message);
      await expectRefused(() => kept.delete(name), message);
    }
    for (const [given, got] of [
      ["text", '"text"'],
      [null, "null"],
      [[1, 2], "[1, 2]"],
      [new ArrayBuffer(2), "ArrayBuffer"],
      [new Float32Array(2), "Float32Array"],
    ] as const) {
      await expectRefused(() => kept.set("a", given), `"bytes": expected a Uint8Array, got ${got}`);
    }
    expectSame("a", await open().get("a"), null);
  },
};

/** Runs all cases, for where there is no test runner; `make` makes what one case opens. Names those that fail, and why. */
export async function runCases(make: () => Open): Promise<string[]> {
  const failures: string[] = [];
  for (const [name, run] of Object.entries(checkpointsCases)) {
    await run(make()).catch((error: unknown) => failures.push(`${name}: ${String(error)}`));
  }
  return failures;
}
