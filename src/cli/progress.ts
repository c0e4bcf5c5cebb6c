/** Where a job's progress is shown: a bar that redraws itself in a terminal, a line now and then elsewhere. */
export interface Progress {
  update(done: number, best: number | null): void;
  /** Removes the bar. */
  end(): void;
}

const barWidth = 24;

/** Shows the progress of a job of at most `total` trials on `stream`. */
export function createProgress(stream: NodeJS.WriteStream, total: number): Progress {
  const startedAt = performance.now();
  return stream.isTTY ? bar(stream, total, startedAt) : lines(stream, total, startedAt);
}

function bar(stream: NodeJS.WriteStream, total: number, startedAt: number): Progress {
  return {
    update(done, best) {
      const filled = Math.round((done / total) * barWidth);
      const text = `  ${"█".repeat(filled)}${"░".repeat(barWidth - filled)} ${describe(done, total, best, startedAt)}`;
      stream.write(`\r\u001b[2K${text.slice(0, Math.max(20, (stream.columns || 80) - 1))}`);
    },
    end: () => void stream.write("\r\u001b[2K"),
  };
}

function lines(stream: NodeJS.WriteStream, total: number, startedAt: number): Progress {
  const every = Math.ceil(total / 5);
  return {
    update(done, best) {
      if (done % every === 0 || done === total) stream.write(`  ${describe(done, total, best, startedAt)}\n`);
    },
    end() {},
  };
}

function describe(done: number, total: number, best: number | null, startedAt: number): string {
  const left = ((performance.now() - startedAt) / 1000 / done) * (total - done);
  const bestText = best === null ? "none yet" : best.toFixed(4);
  return `${done}/${total} trials, best ${bestText}, ${done === total ? "done" : `about ${left.toFixed(0)} s left`}`;
}
