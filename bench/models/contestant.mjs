import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ours = fileURLToPath(new URL("./vernier.mjs", import.meta.url));
const theirs = fileURLToPath(new URL("../peers/scikit-learn.py", import.meta.url));

/** Vernier, in a process of its own. */
export const startVernier = () => start(process.execPath, [ours]);

/** scikit-learn in one thread, in a process of its own; `about` is its first line. */
export async function startScikitLearn(python) {
  const contestant = start(python, [theirs, "-"]);
  return { ...contestant, about: await contestant.next() };
}

function start(command, args) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const failure = new Promise((_, reject) => child.on("error", reject));
  failure.catch(() => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await Promise.race([lines.next(), failure]);
    if (done) throw new Error(`${command} ${args.join(" ")}: ended before it answered`);
    return JSON.parse(value);
  };
  return {
    next,
    /** The answer to one job. */
    run(id) {
      child.stdin.write(`${id}\n`);
      return next();
    },
    /** No further job. */
    end: () => child.stdin.end(),
  };
}
