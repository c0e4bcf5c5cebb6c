import { bestTrial } from "../core/best-trial.ts";
import { VernierError } from "../core/errors.ts";
import { openLog } from "../study/study-log.ts";
import type { TellOptions } from "../study/study.ts";
import { type Answer, type Call, definedStudy, expectValue, numberOf, page, studyOf, summary } from "./call.ts";
import { expectMembers, isObject, membersOf, refuse } from "./members.ts";
import { Refusal } from "./refusal.ts";
import { trialJson } from "./trial-json.ts";

export interface Route {
  readonly method: "get" | "post";
  /** With the placeholders `{study}` and `{trial}`. */
  readonly path: string;
  answer(call: Call): Promise<Answer>;
}

/** All that the service answers, beside its own description. */
export const routes: readonly Route[] = [
  {
    method: "get",
    path: "/studies",
    async answer(call) {
      const { state } = await openLog(await call.storage(null));
      const studies = state.studies.map(({ name, directions, table }) => ({ name, directions, trials: table.count }));
      return { body: page(call, "studies", studies) };
    },
  },
  {
    method: "post",
    path: "/studies",
    async answer(call) {
      const json = await call.body();
      const name = isObject(json) && typeof json.name === "string" ? json.name : null;
      const created = await call.studies.create(await call.storage(name), json);
      const body = summary(created);
      return created.created ? { status: 201, body } : { body };
    },
  },
  { method: "get", path: "/studies/{study}", answer: async (call) => ({ body: summary(await studyOf(call)) }) },
  {
    method: "post",
    path: "/studies/{study}/ask",
    async answer(call) {
      const { study, schedule } = await definedStudy(call);
      const { number, seed, params } = await study.ask(schedule);
      return { body: { number, seed, params } };
    },
  },
  {
    method: "post",
    path: "/studies/{study}/enqueue",
    async answer(call) {
      const { study } = await definedStudy(call);
      const { params } = expectMembers("body", await call.body(), ["params"]);
      if (!isObject(params)) refuse("params", "an object of parameters", params);
      await study.enqueue(params);
      return { body: {} };
    },
  },
  {
    method: "get",
    path: "/studies/{study}/trials",
    async answer(call) {
      const { study } = await studyOf(call);
      return { body: page(call, "trials", study.trials, trialJson) };
    },
  },
  {
    method: "get",
    path: "/studies/{study}/trials/{trial}",
    async answer(call) {
      const number = numberOf(call);
      const trial = (await studyOf(call)).study.trials[number];
      if (trial !== undefined) return { body: trialJson(trial) };
      throw new VernierError("unknown-trial", `"trial": expected the number of a trial, got ${number}`);
    },
  },
  {
    method: "post",
    path: "/studies/{study}/trials/{trial}/report",
    async answer(call) {
      const { value, step } = expectMembers("body", await call.body(), ["value", "step"]);
      const { study, schedule } = await definedStudy(call);
      const trial = await study.trial(numberOf(call), schedule);
      trial.report(value as number | number[], step as number);
      await trial.save();
      return { body: { prune: await trial.shouldPrune() } };
    },
  },
  {
    method: "post",
    path: "/studies/{study}/trials/{trial}/tell",
    async answer(call) {
      const told = expectMembers("body", await call.body(), ["value", "state", "reason", "constraints", "userAttrs"]);
      const { value = null, constraints, userAttrs, state, reason } = told;
      if (reason !== undefined && typeof reason !== "string") refuse("reason", "a text", reason);
      const { study, schedule } = await definedStudy(call);
      const number = numberOf(call);
      const outcome = expectValue(value, state, study.directions.length);
      if (constraints !== undefined || userAttrs !== undefined) {
        const trial = await study.trial(number, schedule);
        for (const [name, by] of membersOf("constraints", constraints)) trial.setConstraint(name, by as number);
        for (const [name, attr] of membersOf("userAttrs", userAttrs)) trial.setUserAttr(name, attr);
      }
      const options = { ...(state === undefined ? {} : { state }), ...(reason === undefined ? {} : { reason }) };
      return { body: trialJson(await study.tell(number, outcome, options as TellOptions)) };
    },
  },
  {
    method: "get",
    path: "/studies/{study}/best",
    async answer(call) {
      const { study } = await studyOf(call);
      if (study.directions.length === 1 && bestTrial(study.trials, study.directions) === null) {
        throw new Refusal(404, "no-best", `"best": expected a complete trial that keeps its constraints, got none`);
      }
      return { body: trialJson(study.best) };
    },
  },
  {
    method: "get",
    path: "/studies/{study}/pareto-front",
    async answer(call) {
      const { study } = await studyOf(call);
      return { body: page(call, "trials", study.paretoFront, trialJson) };
    },
  },
  {
    method: "get",
    path: "/studies/{study}/digest",
    answer: async (call) => ({ body: { digest: (await studyOf(call)).study.digest() } }),
  },
];
