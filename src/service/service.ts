import { Hono } from "hono";
import { bearerAuth } from "hono/bearer-auth";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { expectInteger, show, VernierError } from "../core/errors.ts";
import type { Storage } from "../storages/storage.ts";
import type { Call } from "./call.ts";
import { openapi } from "./openapi.ts";
import { Refusal, refusalOf } from "./refusal.ts";
import { type Route, routes } from "./routes.ts";
import { createStudies } from "./studies.ts";

export interface TuningServiceOptions {
  /**
   * Where studies are kept: one storage for all of them, or a function that gives that of the study of this name, and for
   * null, asked for the list of studies, that of all. Null: there is none. Give the same object for the same log, by which
   * what was read of it is kept between requests.
   */
  readonly storage: Storage | ((study: string | null, request: Request) => Storage | null | Promise<Storage | null>);
  /** What requests must bring as `Authorization: Bearer`: letters, digits and `-._~+/=`. Without it everyone is served. */
  readonly token?: string;
  /** The most bytes that a body may have; default 1 MB (1,048,576). */
  readonly maxBodyBytes?: number;
  /** Is given the errors of which answers say nothing but "internal" (status 500 and above). */
  readonly onError?: (error: unknown, request: Request) => void;
}

/** Serves studies over HTTP. */
export interface TuningService {
  /** Answers one request; never rejects. Bound, as servers and Workers take it. */
  readonly fetch: (request: Request) => Promise<Response>;
}

const longestBody = 0x100000;
const tokenForm = /^[\w.~+/-]+=*$/;

/**
 * A service that creates studies, asks and tells over HTTP in JSON, for programs in any language and for isolates that
 * live no longer than a request: everything is in the storage, and any number of isolates may serve one log. `GET
 * /openapi.json` describes it.
 *
 * Where an isolate's processor time is limited, choose the sampler by it: at 200 trials `random` and `qmc` ask in a tenth of a
 * millisecond, `tpe` in some, `gp` (and `auto`, which takes it for most spaces) in tens of them while the isolate stays, and
 * in a quarter of a second in a fresh one. A fresh isolate also reads the whole log, about 5 ms for 200 trials.
 *
 * Needs the peer dependency `hono`. Throws `invalid-argument` for options out of range.
 */
export function createTuningService(options: TuningServiceOptions): TuningService {
  const { storage, token, onError } = options;
  const maxSize = expectInteger("maxBodyBytes", options.maxBodyBytes ?? longestBody, 1);
  if (typeof storage !== "function" && typeof (storage as Partial<Storage> | undefined)?.read !== "function") {
    throw new VernierError("invalid-argument", `"storage": expected a storage or a function, got ${show(storage)}`);
  }
  if (token !== undefined && !(typeof token === "string" && tokenForm.test(token))) {
    const message = '"token": expected a text of letters, digits and -._~+/=, got another one';
    throw new VernierError("invalid-argument", message);
  }
  const studies = createStudies();
  const app = new Hono();
  app.onError((error, context) => {
    // The bearer check's.
    if (error instanceof HTTPException) return error.getResponse();
    const refusal = refusalOf(error);
    if (refusal.status >= 500) onError?.(error, context.req.raw);
    return answer(refusal.status, errorBody(refusal), refusal.code === "not-ready" ? { "retry-after": "1" } : {});
  });
  app.notFound((context) => {
    throw new Refusal(404, "not-found", `expected a route of this service, got ${context.req.path}`);
  });
  app.get("/openapi.json", () => answer(200, openapi));
  if (token !== undefined) app.use(bearerAuth({ token, ...unauthorized }));
  app.use(
    bodyLimit({
      maxSize,
      onError() {
        throw new Refusal(413, "too-large", `expected a body of at most ${maxSize} bytes, got a larger one`);
      },
    }),
  );

  async function serve(route: Route, request: HonoRequest): Promise<Response> {
    let used = null as { readonly storage: Storage; readonly name: string } | null;
    const call: Call = {
      studies,
      async storage(name) {
        const found = typeof storage === "function" ? await storage(name, request.raw) : storage;
        if (found === null) throw noStorage(name);
        if (name !== null) used = { storage: found, name };
        return found;
      },
      param: (name) => request.param(name) as string,
      query: (name) => request.query(name),
      body: () => readJson(request),
    };
    try {
      const { status = 200, body } = await route.answer(call);
      return answer(status, body);
    } catch (error) {
      if (refusalOf(error).status >= 500 && used !== null) studies.forget(used.storage, used.name);
      throw error;
    }
  }

  const paths = new Map<string, string[]>();
  for (const route of routes) {
    const path = route.path.replace(/\{(\w+)\}/g, ":$1");
    app[route.method](path, (context) => serve(route, context.req as unknown as HonoRequest));
    paths.set(path, [...(paths.get(path) ?? []), route.method.toUpperCase()]);
  }
  for (const [path, methods] of paths) {
    app.all(path, (context) => {
      const refusal = new Refusal(
        405,
        "method-not-allowed",
        `expected ${methods.join(" or ")}, got ${context.req.method}`,
      );
      return answer(405, errorBody(refusal), { allow: methods.join(", ") });
    });
  }
  return { fetch: async (request) => app.fetch(request) };
}

/** The part of Hono's request that is used here. */
interface HonoRequest {
  readonly raw: Request;
  param(name: string): string | undefined;
  query(name: string): string | undefined;
  header(name: string): string | undefined;
  text(): Promise<string>;
}

async function readJson(request: HonoRequest): Promise<unknown> {
  const type = request.header("content-type") ?? "none";
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type)) {
    throw new Refusal(415, "unsupported-media-type", `"content-type": expected application/json, got ${show(type)}`);
  }
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "invalid-json", `expected a body of JSON, got ${show(text)}`);
  }
}

function noStorage(name: string | null): Refusal {
  if (name !== null)
    return new Refusal(404, "unknown-study", `"${name}": expected a study that has a storage, got none`);
  return new Refusal(404, "not-found", "expected a storage that lists studies, got none: each has one of its own");
}

function errorBody({ code, message }: Refusal): {
  readonly error: { readonly code: string; readonly message: string };
} {
  return { error: { code, message } };
}

// Also where the header is malformed, which would else be answered with 400.
const unauthorizedBody = errorBody(
  new Refusal(401, "unauthorized", "expected the service's bearer token, got another or none"),
);
const refused = { message: (): Response => answer(401, unauthorizedBody) };
const unauthorized = { noAuthenticationHeader: refused, invalidAuthenticationHeader: refused, invalidToken: refused };

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
}
