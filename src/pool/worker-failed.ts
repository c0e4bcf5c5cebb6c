import { VernierError } from "../core/errors.ts";
import { reviveError, type StartFailure } from "./protocol.ts";

/** The error of an objective that no worker can evaluate. */
export function workerFailed(expected: string, got: string, cause: unknown): VernierError {
  return new VernierError("worker-failed", `"objective": expected ${expected}, got ${got}`, { cause });
}

/** The same for what could not be loaded. */
export function startFailed({ expected, got, failure }: StartFailure): VernierError {
  return workerFailed(expected, got, failure && reviveError(failure));
}
