import type { Study } from "../../src/study/study.ts";

/** All that a study must have in common with one like it: what the digest covers, and what it leaves out but times. */
export function account(study: Study<never>): unknown {
  const { digest, stopReason } = { digest: study.digest(), stopReason: study.stopReason };
  const trials = study.trials.map(({ startedAt, completedAt, failure, ...rest }) => ({
    ...rest,
    failure: failure && { name: failure.name, message: failure.message },
    isTimed: [startedAt !== null, completedAt !== null],
  }));
  return JSON.parse(JSON.stringify({ digest, stopReason, trials }));
}
