// What the tests call in a page. Everything crosses to them as JSON.
import { createStudy, float, int, inWorkers } from "vernier";

const plainError = (error) => ({
  name: error.name,
  code: error.code,
  message: error.message,
  cause: String(error.cause),
});

// The study of test/pool/programs/sleepy-study.mjs, and others like it.
async function study({ objective, workerFile, abortAfter, unclonable, seed = 17, ...options }) {
  const made = await createStudy({ space: { x: float(-5, 5), n: int(1, 8) }, seed });
  const controller = new AbortController();
  if (abortAfter !== undefined) setTimeout(() => controller.abort(new Error("enough")), abortAfter);
  const start = () => new Worker(new URL(workerFile, location.href), { type: "module" });
  try {
    await made.optimize(workerFile === undefined ? new URL(objective, location.href) : inWorkers(start), {
      signal: controller.signal,
      ...(unclonable ? { workerData: { load: () => [] } } : {}),
      ...options,
    });
  } catch (error) {
    return { error: plainError(error) };
  }
  return {
    digest: made.digest(),
    states: made.trials.map(({ state }) => state),
    values: made.trials.map(({ values }) => values?.[0] ?? null),
    failures: made.trials.flatMap(({ failure }) => (failure === null ? [] : [failure])),
    attrs: made.trials.map(({ userAttrs }) => userAttrs),
    reason: made.stopReason,
  };
}

window.study = study;
