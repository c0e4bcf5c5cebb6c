import { expect } from "vitest";
import type { TuningService } from "../../src/service/index.ts";

/** JSON that a test looks into without saying what it is. */
export type Untyped = ReturnType<typeof JSON.parse>;

/** What came back: the status, the body as JSON, the headers. */
export interface Reply {
  readonly status: number;
  readonly body: Untyped;
  readonly headers: Headers;
}

/** Sends a request with a JSON body to the service. */
export async function send(
  service: TuningService,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  return sendRaw(service, new Request(`http://host${path}`, { method, headers: { ...type, ...headers }, ...init }));
}

/** Throws where a refusal has another form than `{ error: { code, message } }`. */
export async function sendRaw(service: TuningService, request: Request): Promise<Reply> {
  const response = await service.fetch(request);
  const { status, headers } = response;
  const body: Untyped = await response.json();
  const form = [Object.keys(body), Object.keys(body.error ?? {}), headers.get("content-type")].join(" ");
  if (status >= 400 && form !== "error code,message application/json") throw new Error(`a refusal as ${form}`);
  return { status, body, headers };
}

/** What a reply must match that is a refusal. */
export function refused(status: number, code: string, message: RegExp = /./): Untyped {
  return { status, body: { error: { code, message: expect.stringMatching(message) } } };
}
