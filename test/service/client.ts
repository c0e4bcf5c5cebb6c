import type { TuningService } from "../../src/service/index.ts";

/** What came back: the status, the body as JSON, a header. */
export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it.
  readonly body: any;
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

export async function sendRaw(service: TuningService, request: Request): Promise<Reply> {
  const response = await service.fetch(request);
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text), headers: response.headers };
}
