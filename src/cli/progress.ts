import type { TrialRecord } from "../core/trial.ts";

/** Where a job's progress is shown: a bar that redraws itself in a terminal, a line now and then elsewhere. */
export interface Progress {
  /** A trial has ended; the greatest value is the best. */
  update(trial: TrialRecord): void;
  /** Removes the bar. */
  end(): void;
}

const barWidth = 24;

/** Shows the progress of a job of at most `total` trials on `stream`. */
export function createProgress(stream: NodeJS.WriteStream, total: number): Progress {
  const startedAt = performance.now();
  const view = stream.isTTY ? bar(stream, total) : lines(stream, total);
  let done = 0;
  let best: number | null = null;
  return {
    update({ state, values }) {
      const value = state === "complete" ? (values?.[0] ?? null) : null;
      if (value !== null && (best === null || value > best)) best = value;
      done++;
      view.show(done, describe(done, total, best, startedAt));
    },
    end: view.end,
  };
}

interface View {
  show(done: number, text: string): void;
  end(): void;
}

function bar(stream: NodeJS.WriteStream, total: number): View {
  return {
    show(done, text) {
      const filled = Math.round((done / total) * barWidth);
      const line = `  ${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${text}`;
      stream.write(`\r\u001b[2K${line.slice(0, Math.max(20, (stream.columns || 80) - 1))}`);
    },
    end: () => void stream.write("\r\u001b[2K"),
  };
}

function lines(stream: NodeJS.WriteStream, total: number): View {
  const every = Math.ceil(total / 5);
  return {
    show(done, text) {
      if (done % every === 0 || done === total) stream.write(`  ${text}\n`);
    },
    end() {},
  };
}

function describe(done: number, total: number, best: number | null, startedAt: number): string {
  const left = ((performance.now() - startedAt) / 1000 / done) * (total - done);
  const bestText = best === null ? "none yet" : best.toFixed(4);
  return `${done}/${total} trials, best ${bestText}, ${done === total ? "done" : `about ${left.toFixed(0)} s left`}`;
}
