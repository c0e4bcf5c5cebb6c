import { VernierError, type VernierErrorCode } from "../core/errors.ts";

/** What a request is answered with that cannot be served. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Errors that the request is to blame for, or the study's state; all others are the service's own. */
const statuses: Partial<Record<VernierErrorCode, number>> = {
  "invalid-argument": 400,
  "invalid-space": 400,
  "invalid-data": 400,
  unsupported: 400,
  "unknown-trial": 404,
  "study-mismatch": 409,
  "trial-ended": 409,
  "not-ready": 409,
  exhausted: 409,
  "storage-locked": 503,
};

/** The refusal that an error comes to; of the service's own errors it says nothing but that there was one. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof VernierError ? statuses[error.code] : undefined;
  if (status === undefined) return new Refusal(500, "internal", "the service failed");
  return new Refusal(status, (error as VernierError).code, (error as VernierError).message);
}
