import fc from "fast-check";
import { expect, test } from "vitest";
import { createTuningService, type SpaceJson, spaceFromJson, type StrategyJson } from "../../src/service/index.ts";
import { prunerFromJson, samplerFromJson } from "../../src/service/strategies.ts";
import { memory } from "../../src/storages/memory.ts";
import { testStudy } from "../support/study.ts";
import { send, type Untyped } from "./client.ts";

const space: SpaceJson = {
  x: { type: "float", low: 1e-3, high: 1, log: true },
  n: { type: "int", low: 1, high: 8, step: 1 },
  model: { type: "choice", branches: { a: { y: { type: "float", low: -1, high: 1, step: 0.5 } }, b: {} } },
  layers: { type: "choice", values: [[8], { width: 3 }, "none"] },
  group: { type: "group", params: { z: { type: "float", low: 0, high: 1 }, fixed: true } },
};

interface Params {
  readonly x: number;
  readonly n: number;
  readonly model: { readonly kind: string; readonly y?: number };
  readonly layers: unknown;
  readonly group: { readonly z: number };
}

function losses({ x, n, model, layers, group }: Params, objectives: number): number[] {
  const cost = JSON.stringify(layers).length / 10;
  return [(x - 0.1) ** 2 + n / 8 + (model.y ?? 0.3) + group.z, cost + x].slice(0, objectives);
}

const samplers: StrategyJson[] = [
  "random",
  "qmc",
  { name: "tpe", options: { nStartupTrials: 3, group: true } },
  "auto",
];

const plan = fc.record({
  seed: fc.nat(1000),
  sampler: fc.constantFrom(...samplers),
  pruner: fc.constantFrom<StrategyJson>("nop", { name: "percentile", options: { percentile: 40, startupTrials: 2 } }),
  objectives: fc.constantFrom(1, 2),
  lag: fc.constantFrom(null, 1, 3),
  // How many isolates take turns; what becomes of each trial.
  isolates: fc.integer({ min: 1, max: 3 }),
  ends: fc.array(fc.constantFrom("complete", "complete", "complete", "fail"), { minLength: 8, maxLength: 14 }),
});

test("a study driven over HTTP is the study of the same asks and tells in a program", async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ seed, sampler, pruner, objectives, lag, isolates, ends }) => {
      const directions = (["minimize", "maximize"] as const).slice(0, objectives);
      const pruned = objectives === 1 ? pruner : "nop";
      const storage = memory();
      const services = Array.from({ length: isolates }, () => createTuningService({ storage }));
      const call = async (k: number, path: string, body?: unknown): Promise<Untyped> => {
        const reply = await send(services[k % isolates] as never, "POST", path, body);
        expect([path, reply.status, reply.body.error]).toEqual([path, path === "/studies" ? 201 : 200, undefined]);
        return reply.body;
      };
      const study = await testStudy({
        space: spaceFromJson(space),
        directions,
        seed,
        sampler: samplerFromJson(sampler),
        pruner: prunerFromJson(pruned),
      });
      await call(0, "/studies", { name: "s", space, directions, seed, sampler, pruner: pruned, lag });
      for (const [k, end] of ends.entries()) {
        const asked = await call(k, "/studies/s/ask");
        const trial = await study.ask(lag === null ? {} : { lag });
        expect(asked).toEqual({ number: trial.number, seed, params: JSON.parse(JSON.stringify(trial.params)) });
        const values = losses(asked.params as Params, objectives);
        const value = objectives === 1 ? values[0] : values;
        let prune = false;
        for (const step of [0, 1]) {
          const report = objectives === 1 ? (values[0] as number) + step : values;
          trial.report(report, step);
          prune = await trial.shouldPrune();
          expect(await call(k + step, `/studies/s/trials/${k}/report`, { value: report, step })).toEqual({ prune });
        }
        const state = prune ? "pruned" : end;
        await study.tell(trial, state === "complete" ? (value as never) : null, { state, reason: "no" } as never);
        const told = state === "complete" ? { value } : { state, reason: "no" };
        await call(k + 1, `/studies/s/trials/${k}/tell`, told);
      }
      const { digest } = (await send(services[0] as never, "GET", "/studies/s/digest")).body;
      expect(digest).toBe(study.digest());
      expect((await send(createTuningService({ storage }), "GET", "/studies/s/digest")).body).toEqual({ digest });
    }),
    { numRuns: 25 },
  );
});
