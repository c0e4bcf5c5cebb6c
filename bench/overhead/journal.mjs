// Cost of a trial in a journal file: time beside that of the bare system calls, and what the file system is asked to do.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStudy, random } from "../../build/js/index.js";
import { nodeFiles } from "../../build/js/platform/node-files.js";
import { openJournal } from "../../build/js/storages/journal-file.js";
import { median } from "../timing/medians.mjs";
import { space } from "./studies.mjs";
import { besideYardstick } from "./yardstick.mjs";

/** Node's files, counting what is asked of them. */
function counted() {
  const counts = { append: 0, flush: 0, read: 0, link: 0, open: 0 };
  const count = (object, names) => {
    const copy = { ...object };
    for (const name of names) {
      copy[name] = (...args) => {
        counts[name]++;
        return object[name](...args);
      };
    }
    return copy;
  };
  const files = count(nodeFiles, ["open", "link"]);
  const { open } = files;
  files.open = (...args) => {
    const file = open(...args);
    return file === null ? null : count(file, ["append", "flush", "read"]);
  };
  return { files, counts };
}

/** Milliseconds of two appends of a trial's size, each flushed where asked: less no journal can do. */
function bare(path, bytes, flush) {
  const fd = openSync(path, "a");
  const half = "x".repeat(bytes >> 1);
  const start = performance.now();
  for (let k = 0; k < 2; k++) {
    writeSync(fd, half);
    if (flush) fdatasyncSync(fd);
  }
  const time = performance.now() - start;
  closeSync(fd);
  return time;
}

export async function journalRows() {
  const root = mkdtempSync(join(tmpdir(), "vernier-bench-"));
  const rows = [];
  try {
    for (const sync of [false, true]) {
      const { files, counts } = counted();
      const path = join(root, `study-${sync}.log`);
      const study = await createStudy({
        space,
        seed: 1,
        sampler: random(),
        storage: openJournal(files, path, { sync }),
      });
      const trials = sync ? 10 : 50;
      const bares = [];
      let done = 0;
      const work = async () => {
        await study.optimize(() => 0, { trials });
        done += trials;
      };
      await work();
      const size = statSync(path).size;
      const before = { ...counts };
      done = 0;
      const figure = await besideYardstick(work, { rounds: 21, count: trials });
      for (let round = 0; round < 21; round++) bares.push(bare(join(root, "bare"), size / trials, sync));
      const by = (what) => (counts[what] - before[what]) / done;
      const how = sync ? "flushed" : "sync: false";
      const note = `elapsed: ${(figure.elapsed / median(bares)).toFixed(1)} times two bare appends`;
      rows.push({ name: `journal, ${how}, ms a trial`, ...figure, note });
      if (sync) {
        rows.push({ name: "journal, appends a trial", value: by("append"), target: 2 });
        rows.push({ name: "journal, flushes a trial", value: by("flush"), target: 2 });
        const calls = ["open", "read", "link"].map((what) => `${what} ${by(what).toFixed(1)}`).join(", ");
        rows.push({
          name: "journal, bytes a trial",
          value: (statSync(path).size - size) / done,
          note: calls,
        });
      }
    }
  } finally {
    rmSync(root, { recursive: true });
  }
  return rows;
}
