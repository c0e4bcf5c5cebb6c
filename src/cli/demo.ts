import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { VernierError } from "../core/errors.ts";
import { journalFile } from "../platform/node-journal.ts";
import type { Job } from "./job.ts";
import { bayesSvcDigits } from "./jobs/bayes-svc-digits.ts";
import { gridLogisticIris } from "./jobs/grid-logistic-iris.ts";
import { randomSvcDigits } from "./jobs/random-svc-digits.ts";
import { defaultLag, defaultWorkers, wholeNumber } from "./options.ts";
import { createProgress } from "./progress.ts";
import { searchJson, searchSummary } from "./search-text.ts";

export const demoHelp: string = `vernier demo: tunes real models on real tables in three searches

  1. grid search of logistic regression on iris
  2. random search of a support vector classifier on digits
  3. Bayesian search of the same, stopping early on patience

Options:
  --json         one line of JSON a job instead of text
  --workers N    worker threads (default: one a core, at most ${defaultLag}); the digests do not depend on it
  --seed N       seed of the searches (default 7)
  --out DIR      folder for the journal files (default: a fresh one under the system's temporary folder)
`;

const jobs: readonly Job[] = [gridLogisticIris, randomSvcDigits, bayesSvcDigits];

export interface DemoOptions {
  readonly json?: boolean | undefined;
  readonly workers?: string | undefined;
  readonly seed?: string | undefined;
  readonly out?: string | undefined;
}

/** Runs the three searches; resolves with the exit code. A folder that has their journals is continued. */
export async function demo(options: DemoOptions): Promise<number> {
  const seed = wholeNumber("--seed", options.seed ?? "7", 0);
  const workers = wholeNumber("--workers", options.workers ?? String(defaultWorkers), 1, 1024);
  const out = openFolder(options.out);
  const write = (text: string): void => void process.stdout.write(text);
  const startedAt = performance.now();

  for (const job of jobs) {
    if (!options.json) write(`${job.title}\n`);
    const journal = join(out, `${job.name}.log`);
    const progress = options.json ? null : createProgress(process.stdout, job.trials);
    let done = 0;
    let best: number | null = null;
    const jobStartedAt = performance.now();
    const result = await job.run({
      name: job.name,
      cv: 5,
      seed,
      workers,
      lag: defaultLag,
      storage: journalFile(journal),
      onTrial(trial) {
        const value = trial.state === "complete" ? (trial.values?.[0] ?? null) : null;
        if (value !== null && (best === null || value > best)) best = value;
        progress?.update(++done, best);
      },
    });
    progress?.end();
    const seconds = (performance.now() - jobStartedAt) / 1000;
    const line = (): string => `${JSON.stringify({ job: job.name, ...searchJson(result, seconds, journal) })}\n`;
    write(options.json ? line() : searchSummary(result, seconds, journal));
  }
  if (!options.json)
    write(`Three searches in ${((performance.now() - startedAt) / 1000).toFixed(1)} s, journals in ${out}\n`);
  return 0;
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
