import { mkdirSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { VernierError } from "../core/errors.ts";
import { journalFile } from "../platform/node-journal.ts";
import type { Job } from "./job.ts";
import { bayesSvcDigits } from "./jobs/bayes-svc-digits.ts";
import { gridLogisticIris } from "./jobs/grid-logistic-iris.ts";
import { randomSvcDigits } from "./jobs/random-svc-digits.ts";
import { tpeMlpDigits } from "./jobs/tpe-mlp-digits.ts";
import { defaultLag, defaultWorkers, wholeNumber } from "./options.ts";
import { showSearch } from "./show-search.ts";

export const demoHelp: string = `vernier demo: tunes real models on real tables in four searches

  1. grid search of logistic regression on iris
  2. random search of a support vector classifier on digits
  3. Bayesian search of the same, stopping early on patience
  4. TPE search of a neural network on digits, pruning trials by the median (needs TensorFlow.js, else skipped)

Options:
  --json         one line of JSON a job instead of text
  --workers N    worker threads (default: one a core, at most ${defaultLag}); the digests do not depend on it
  --seed N       seed of the searches (default 7)
  --out DIR      folder for the journal files (default: a fresh one under the system's temporary folder)
`;

const jobs: readonly Job[] = [gridLogisticIris, randomSvcDigits, bayesSvcDigits, tpeMlpDigits];

export interface DemoOptions {
  readonly json?: boolean | undefined;
  readonly workers?: string | undefined;
  readonly seed?: string | undefined;
  readonly out?: string | undefined;
}

/** Runs the four searches; resolves with the exit code. A folder that has their journals is continued. */
export async function demo(options: DemoOptions): Promise<number> {
  const seed = wholeNumber("--seed", options.seed ?? "7", 0);
  const workers = wholeNumber("--workers", options.workers ?? String(defaultWorkers), 1, 1024);
  const out = openFolder(options.out);
  const json = options.json ?? false;
  const startedAt = performance.now();
  for (const job of jobs) {
    if (!json) process.stdout.write(`${job.title}\n`);
    const absent = (job.packages ?? []).filter((name) => !isInstalled(name));
    if (absent.length > 0) {
      skip(job.name, `needs packages that are not installed: npm install ${absent.join(" ")}`, json);
      continue;
    }
    const journal = join(out, `${job.name}.log`);
    const shared = { name: job.name, seed, workers, lag: defaultLag, storage: journalFile(journal) };
    const label = { job: job.name };
    await showSearch((watched) => job.run({ ...shared, ...watched }), { trials: job.trials, journal, json, label });
  }
  if (!json) {
    const seconds = (performance.now() - startedAt) / 1000;
    process.stdout.write(`All in ${seconds.toFixed(1)} s, journals in ${out}\n`);
  }
  return 0;
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function skip(job: string, skipped: string, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify({ job, skipped })}\n` : `  skipped: ${skipped}\n\n`);
}

function openFolder(out: string | undefined): string {
  if (out === undefined) return mkdtempSync(join(tmpdir(), "vernier-demo-"));
  const folder = resolve(out);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new VernierError(
      "invalid-argument",
      `--out: expected a folder that can be written, got ${folder} (${cause})`,
      { cause },
    );
  }
  return folder;
}
