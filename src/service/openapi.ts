import { version } from "../core/version.ts";
import { ref, type Schema, schemas } from "./openapi-schemas.ts";

interface Content {
  readonly "application/json": { readonly schema: Schema };
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly [];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: "path" | "query";
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly required: true; readonly content: Content };
  readonly responses: {
    readonly [status: string]: { readonly description: string; readonly content: Content };
  };
}

export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly security: readonly { readonly [scheme: string]: readonly string[] }[];
  readonly paths: { readonly [path: string]: { readonly get?: OpenApiOperation; readonly post?: OpenApiOperation } };
  readonly components: {
    readonly schemas: { readonly [name: string]: Schema };
    readonly securitySchemes: { readonly [name: string]: { readonly type: "http"; readonly scheme: "bearer" } };
  };
}

interface Sketch {
  readonly id: string;
  readonly summary: string;
  readonly path: string;
  readonly body?: string;
  /** Status and schema of the answer. */
  readonly answer: readonly [status: 200 | 201, schema: string];
  readonly paged?: true;
  /** What else it may say, beside 401 and the service's own failures. */
  readonly errors?: readonly (keyof typeof errors)[];
}

const errors = {
  400: "The request is wrong; the message says what was expected.",
  404: "No such study, or no such trial.",
  409: "The study does not allow it: defined otherwise, trial ended, not ready, or nothing left to try.",
  413: "The body is too large.",
  415: "The body is not JSON.",
} as const;

const json = (schema: string): Content => ({ "application/json": { schema: ref(schema) } });
const bodyErrors = [400, 413, 415] as const;

function operation({ id, summary, path, body, answer, paged, errors: own = [] }: Sketch): OpenApiOperation {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name: name as string,
    in: "path" as const,
    required: true,
    schema: name === "trial" ? { type: "integer", minimum: 0 } : { type: "string" },
  }));
  const inQuery = (
    [
      ["offset", 0, undefined],
      ["limit", 100, 1000],
    ] as const
  ).map(([name, otherwise, maximum]) => ({
    name,
    in: "query" as const,
    required: false,
    schema: { type: "integer", minimum: 0, default: otherwise, ...(maximum === undefined ? {} : { maximum }) },
  }));
  const parameters = paged ? [...inPath, ...inQuery] : inPath;
  const statuses = [
    ...new Set([...own, ...(body === undefined ? [] : bodyErrors), ...(paged ? ([400] as const) : [])]),
  ].sort();
  const refusals = statuses.map((status) => [status, { description: errors[status], content: json("Error") }]);
  const [status, schema] = answer;
  return {
    operationId: id,
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: {
      [status]: { description: "Done.", content: json(schema) },
      ...(status === 201
        ? { 200: { description: "It was there, defined in the same way.", content: json(schema) } }
        : {}),
      401: { description: "The bearer token is missing or another one.", content: json("Error") },
      ...Object.fromEntries(refusals),
      default: { description: "The service failed.", content: json("Error") },
    },
  };
}

const study = "/studies/{study}";
const trial = `${study}/trials/{trial}`;

/** The service's description in OpenAPI 3.1, which it serves at `/openapi.json`. */
export const openapi: OpenApiDocument = {
  openapi: "3.1.0",
  info: {
    title: "Vernier",
    version,
    description: "Hyperparameter tuning: studies that are asked for trials and told of them.",
  },
  security: [{}, { bearer: [] }],
  paths: {
    "/openapi.json": {
      get: {
        operationId: "describe",
        summary: "This description.",
        security: [],
        responses: { 200: { description: "Done.", content: { "application/json": { schema: { type: "object" } } } } },
      },
    },
    "/studies": {
      get: operation({
        id: "listStudies",
        summary: "The studies, oldest first.",
        path: "/studies",
        answer: [200, "StudyPage"],
        paged: true,
        errors: [404],
      }),
      post: operation({
        id: "createStudy",
        summary: "Creates a study; one that is there with the same definition is given again.",
        path: "/studies",
        body: "Definition",
        answer: [201, "Study"],
        errors: [404, 409],
      }),
    },
    [study]: {
      get: operation({ id: "getStudy", summary: "One study.", path: study, answer: [200, "Study"], errors: [404] }),
    },
    [`${study}/ask`]: {
      post: operation({
        id: "ask",
        summary: "Starts a trial, to be evaluated by the caller and told of.",
        path: study,
        answer: [200, "AskedTrial"],
        errors: [404, 409],
      }),
    },
    [`${study}/enqueue`]: {
      post: operation({
        id: "enqueue",
        summary: "Puts parameters first in line for the next trial.",
        path: study,
        body: "Params",
        answer: [200, "Empty"],
        errors: [404, 409],
      }),
    },
    [`${study}/trials`]: {
      get: operation({
        id: "listTrials",
        summary: "The trials by number.",
        path: study,
        answer: [200, "TrialPage"],
        paged: true,
        errors: [404],
      }),
    },
    [trial]: {
      get: operation({
        id: "getTrial",
        summary: "One trial.",
        path: trial,
        answer: [200, "Trial"],
        errors: [400, 404],
      }),
    },
    [`${trial}/report`]: {
      post: operation({
        id: "report",
        summary:
          "Reports an intermediate value of a trial under way; says whether the pruner gives it up. A second report at a step is ignored.",
        path: trial,
        body: "Report",
        answer: [200, "Verdict"],
        errors: [404, 409],
      }),
    },
    [`${trial}/tell`]: {
      post: operation({
        id: "tell",
        summary: "Ends a trial under way: with a value, or as pruned or failed.",
        path: trial,
        body: "Told",
        answer: [200, "Trial"],
        errors: [404, 409],
      }),
    },
    [`${study}/best`]: {
      get: operation({
        id: "best",
        summary: "The best complete trial that keeps its constraints; of one objective.",
        path: study,
        answer: [200, "Trial"],
        errors: [400, 404],
      }),
    },
    [`${study}/pareto-front`]: {
      get: operation({
        id: "paretoFront",
        summary: "The complete trials that keep their constraints and that no other such dominates.",
        path: study,
        answer: [200, "TrialPage"],
        paged: true,
        errors: [404],
      }),
    },
    [`${study}/digest`]: {
      get: operation({
        id: "digest",
        summary: "SHA-256 over every trial: equal just where two studies are equal.",
        path: study,
        answer: [200, "Digest"],
        errors: [404],
      }),
    },
  },
  components: { schemas, securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
};
