import { describe, expect, expectTypeOf, test } from "vitest";
import { allOf } from "../../src/stopping/combine.ts";
import { costBudget } from "../../src/stopping/cost-budget.ts";
import { patience } from "../../src/stopping/patience.ts";
import type { StoppingInput } from "../../src/stopping/stopping-rule.ts";
import { target } from "../../src/stopping/target.ts";
import { choice, float, int } from "../../src/core/space.ts";
import { grid } from "../../src/samplers/grid.ts";
import { random } from "../../src/samplers/random.ts";
import { median } from "../../src/pruners/median.ts";
import { memory } from "../../src/storages/memory.ts";
import { TrialPruned } from "../../src/study/objective.ts";
import { testStudy } from "../support/study.ts";

const space = { x: float(-5, 5), n: int(1, 8), kind: choice(["a", "b"]) };

describe("optimize", () => {
  test("evaluates trials, knows the best, gives typed parameters", async () => {
    const study = await testStudy({ space, seed: 1 });
    await study.optimize(
      (params) => {
        expectTypeOf(params).toEqualTypeOf<{ x: number; n: number; kind: "a" | "b" }>();
        return params.x * params.x + params.n;
      },
      { trials: 30 },
    );
    expect(study.trials).toHaveLength(30);
    expect(study.stopReason).toBe("trials");
    const values = study.trials.map((trial) => trial.values?.[0] as number);
    expect(study.best.value).toBe(Math.min(...values));
    expect(study.best.params.x).toBe(study.trials[study.best.number]?.params.x);
    expect(study.trials.every((trial) => Object.isFrozen(trial))).toBe(true);
  });

  test("maximizes when told to", async () => {
    const study = await testStudy({ space, seed: 1, direction: "maximize" });
    await study.optimize(({ x }) => x, { trials: 20 });
    expect(study.best.value).toBe(Math.max(...study.trials.map((trial) => trial.values?.[0] as number)));
  });

  test("the same seed gives the same digest, another seed another one", async () => {
    const run = async (seed: number): Promise<string> => {
      const study = await testStudy({ space, seed });
      await study.optimize(({ x, n }) => x * n, { trials: 15 });
      return study.digest();
    };
    const first = await run(7);
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await run(7)).toBe(first);
    expect(await run(8)).not.toBe(first);
  });

  test("trials counts per call, totalTrials in all", async () => {
    const study = await testStudy({ space, seed: 1 });
    await study.optimize(({ x }) => x, { trials: 5 });
    await study.optimize(({ x }) => x, { trials: 5 });
    expect(study.trials).toHaveLength(10);
    await study.optimize(({ x }) => x, { totalTrials: 12 });
    expect(study.trials).toHaveLength(12);
    await study.optimize(({ x }) => x, { totalTrials: 12 });
    expect(study.trials).toHaveLength(12);
  });

  test("the default for an exhausted grid is to stop and say so", async () => {
    const study = await testStudy({ space: { n: int(1, 4), k: choice(["a", "b"]) }, sampler: grid(), seed: 1 });
    await study.optimize(({ n }) => n, { trials: 100 });
    expect(study.trials).toHaveLength(8);
    expect(study.stopReason).toBe("exhausted");
  });
});

describe("failures", () => {
  test("a throwing objective fails its trial only, with its error kept", async () => {
    const study = await testStudy({ space, seed: 1 });
    await study.optimize(
      ({ x }, trial) => {
        if (trial.number === 2) throw new RangeError("too far");
        return x;
      },
      { trials: 5 },
    );
    expect(study.trials.map((trial) => trial.state)).toEqual(["complete", "complete", "fail", "complete", "complete"]);
    const failure = study.trials[2]?.failure;
    expect(failure).toMatchObject({ name: "RangeError", message: "too far" });
    expect(failure?.stack).toContain("study.test.ts");
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, "7", undefined, [1, 2], []])(
    "a value of %s is a failed trial",
    async (value) => {
      const study = await testStudy({ space, seed: 1 });
      await study.optimize(() => value as number, { trials: 1 });
      expect(study.trials[0]?.state).toBe("fail");
      expect(study.trials[0]?.failure?.message).toMatch(/expected .*finite number/);
    },
  );

  test("onError: stop ends the study at the failure", async () => {
    const study = await testStudy({ space, seed: 1 });
    const objective = (_: unknown, trial: { number: number }): number => {
      if (trial.number === 3) throw new Error("broken");
      return 1;
    };
    await study.optimize(objective, { trials: 10, onError: "stop" });
    expect(study.trials).toHaveLength(4);
    expect(study.stopReason).toBe("error");
    await study.optimize(objective, { trials: 2, onError: "stop" });
    expect(study.trials).toHaveLength(6);
  });

  test("an error in onTrial reaches the caller, and the trial is kept", async () => {
    const study = await testStudy({ space, seed: 1 });
    const onTrial = (): void => {
      throw new Error("from the callback");
    };
    await expect(study.optimize(() => 1, { trials: 3, onTrial })).rejects.toThrow("from the callback");
    expect(study.trials.map((trial) => trial.state)).toEqual(["complete"]);
  });

  test("a trial that runs past its time-out fails", async () => {
    const study = await testStudy({ space, seed: 1 });
    let aborted = false;
    await study.optimize(
      async (_, trial) => {
        trial.signal.addEventListener("abort", () => {
          aborted = true;
        });
        if (trial.number === 0) await new Promise((resolve) => setTimeout(resolve, 500));
        return 1;
      },
      { trials: 2, trialTimeout: 20 },
    );
    expect(study.trials.map((trial) => trial.state)).toEqual(["fail", "complete"]);
    expect(study.trials[0]?.failure?.message).toBe("the trial ran past its time-out of 20 ms");
    expect(aborted).toBe(true);
  });
});

describe("stopping", () => {
  test("patience: no improvement for so many trials", async () => {
    const values = [5, 4, 3, 3, 6, 7, 1];
    const study = await testStudy({ space, seed: 1 });
    await study.optimize((_, trial) => values[trial.number] as number, { trials: 7, patience: 3 });
    expect(study.trials).toHaveLength(6);
    expect(study.stopReason).toBe("patience");
  });

  test("target", async () => {
    const study = await testStudy({ space, seed: 1, direction: "maximize" });
    await study.optimize((_, trial) => trial.number, { target: 4 });
    expect(study.trials).toHaveLength(5);
    expect(study.stopReason).toBe("target");
  });

  test("a rule of `stop`, which knows what the next trial would know", async () => {
    const study = await testStudy({ space, seed: 1 });
    const known: number[] = [];
    const seen = { reasonToStop: ({ history }: StoppingInput) => (known.push(history.length) > 6 ? "seen" : null) };
    await study.optimize((_, trial) => trial.number, { trials: 9, lag: 2, stop: [patience(50), seen] });
    expect(study.stopReason).toBe("seen");
    expect(known).toEqual([0, 0, 1, 2, 3, 4, 5]);
  });

  test("the first rule that stops names the reason", async () => {
    const study = await testStudy({ space, seed: 1 });
    const stop = [allOf(patience(2), target(0)), costBudget(3, () => 1)];
    await study.optimize((_, trial) => trial.number, { patience: 9, stop });
    expect([study.stopReason, study.trials.length]).toEqual(["patience and target", 3]);
  });

  test("timeout", async () => {
    const study = await testStudy({ space, seed: 1 });
    await study.optimize(() => new Promise((resolve) => setTimeout(() => resolve(1), 10)), { timeout: 60 });
    expect(study.stopReason).toBe("timeout");
    expect(study.trials.length).toBeGreaterThan(0);
  });

  test("a signal, also when the objective never waits", async () => {
    const study = await testStudy({ space, seed: 1 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    await study.optimize(() => 1, { signal: controller.signal });
    expect(study.stopReason).toBe("aborted");
    expect(study.trials.every((trial) => trial.state === "complete")).toBe(true);
  });

  test("a trial cut short by a signal is taken up again, and the study ends as if nothing had happened", async () => {
    const plain = await testStudy({ space, seed: 3 });
    await plain.optimize(({ x }) => x, { totalTrials: 6 });
    const study = await testStudy({ space, seed: 3 });
    const controller = new AbortController();
    await study.optimize(
      ({ x }, trial) => {
        if (trial.number !== 3) return x;
        controller.abort();
        throw Object.assign(new Error("given up"), { name: "AbortError" });
      },
      { totalTrials: 6, signal: controller.signal },
    );
    expect(study.trials.map((trial) => trial.state)).toEqual(["complete", "complete", "complete", "running"]);
    await study.optimize(({ x }) => x, { totalTrials: 6 });
    expect(study.digest()).toBe(plain.digest());
  });
});

describe("ask and tell", () => {
  test("a manual loop gives the study that optimize gives", async () => {
    const manual = await testStudy({ space, seed: 5 });
    for (let i = 0; i < 6; i++) {
      const trial = await manual.ask();
      expectTypeOf(trial.params.kind).toEqualTypeOf<"a" | "b">();
      const record = await manual.tell(trial, trial.params.x + trial.params.n);
      expect(record.state).toBe("complete");
    }
    const automatic = await testStudy({ space, seed: 5 });
    await automatic.optimize(({ x, n }) => x + n, { trials: 6 });
    expect(manual.digest()).toBe(automatic.digest());
  });

  test("states can be told", async () => {
    const study = await testStudy({ space, seed: 5 });
    const [a, b] = [await study.ask(), await study.ask()];
    await study.tell(b, null, { state: "fail", reason: "out of memory" });
    await study.tell(a, null, { state: "pruned" });
    expect(study.trials.map((trial) => trial.state)).toEqual(["pruned", "fail"]);
    expect(study.trials[1]?.failure?.message).toBe("out of memory");
  });

  test("wrong tells are refused", async () => {
    const study = await testStudy({ space, seed: 5 });
    const trial = await study.ask();
    await expect(study.tell(7, 1)).rejects.toThrow(/"trial": expected a trial under way, got no trial 7/);
    await expect(study.tell(trial, null)).rejects.toThrow(/"value": expected a number/);
    await study.tell(trial, 1);
    await expect(study.tell(trial, 1)).rejects.toThrow(/got trial 0, which is complete/);
  });

  test("trials asked by hand are not taken up by optimize", async () => {
    const study = await testStudy({ space, seed: 5 });
    const mine = await study.ask();
    await study.optimize(() => 1, { trials: 2, schedule: "eager" });
    expect(study.trials.map((trial) => trial.state)).toEqual(["running", "complete", "complete"]);
    await study.tell(mine, 3);
    expect(study.trials[0]?.values).toEqual([3]);
  });
});

describe("enqueue", () => {
  test("given parameters come first, the rest is sampled", async () => {
    const study = await testStudy({ space, seed: 5 });
    await study.enqueue({ x: 1.5, n: 3, kind: "b" });
    await study.enqueue({ x: -2 });
    await study.optimize(({ x }) => x, { trials: 3 });
    expect(study.trials[0]?.params).toEqual({ x: 1.5, n: 3, kind: "b" });
    expect(study.trials[1]?.params.x).toBe(-2);
    expect(study.trials[1]?.params.n).toBeTypeOf("number");
    expect(study.trials).toHaveLength(3);
  });

  test("branches", async () => {
    const study = await testStudy({ space: { m: choice({ a: { p: float(0, 1) }, b: { q: int(1, 9) } }) }, seed: 5 });
    await study.enqueue({ m: { kind: "b", q: 4 } });
    await study.enqueue({ m: "a" });
    await study.optimize(({ m }) => (m.kind === "a" ? m.p : m.q), { trials: 2 });
    expect(study.trials[0]?.params).toEqual({ m: "b", "m.b.q": 4 });
    expect(Object.keys(study.trials[1]?.params ?? {})).toEqual(["m", "m.a.p"]);
  });

  test("values out of range are refused at once", async () => {
    const study = await testStudy({ space, seed: 5 });
    await expect(study.enqueue({ n: 9 })).rejects.toThrow(
      /"n": expected a whole number from 1 to 8 in steps of 1, got 9/,
    );
    await expect(study.enqueue({ kind: "c" })).rejects.toThrow(/"kind": expected one of "a", "b", got "c"/);
    await expect(study.enqueue({ y: 1 })).rejects.toThrow(/"y"/);
    expect(study.trials).toEqual([]);
  });
});

describe("parameters by name", () => {
  test("suggest gives values in range, the same for the same seed", async () => {
    const run = async (): Promise<string> => {
      const study = await testStudy({ seed: 9 });
      await study.optimize(
        (_, trial) => {
          const kind = trial.suggestCategorical("kind", ["svm", "forest"]);
          expectTypeOf(kind).toEqualTypeOf<"svm" | "forest">();
          if (kind === "svm") return trial.suggestFloat("C", 1e-3, 1e3, { log: true });
          return trial.suggestInt("depth", 2, 32);
        },
        { trials: 20 },
      );
      expect(new Set(study.trials.map(({ params }) => params.kind)).size).toBe(2);
      for (const { params } of study.trials) expect("C" in params).toBe(params.kind === "svm");
      return study.digest();
    };
    expect(await run()).toBe(await run());
  });

  test("asking twice gives the same value; another range in one trial is an error", async () => {
    const study = await testStudy({ seed: 9 });
    await study.optimize(
      (_, trial) => {
        expect(trial.suggestFloat("x", 0, 1)).toBe(trial.suggestFloat("x", 0, 1));
        return trial.suggestFloat("x", 0, 2);
      },
      { trials: 1 },
    );
    expect(study.trials[0]?.failure?.message).toMatch(/"x": expected one range within a trial/);
  });

  test("a parameter may not change its kind between trials, its range it may", async () => {
    const study = await testStudy({ seed: 9 });
    await study.optimize((_, trial) => trial.suggestFloat("x", 0, trial.number + 1), { trials: 3 });
    expect(study.trials.map((trial) => trial.state)).toEqual(["complete", "complete", "complete"]);
    await study.optimize((_, trial) => trial.suggestInt("x", 0, 1), { trials: 1 });
    expect(study.trials[3]?.failure?.message).toMatch(/"x": expected float as in earlier trials, got int/);
  });
});

describe("pruning and attributes", () => {
  test("reports reach the pruner, pruned trials keep their last value", async () => {
    const study = await testStudy({ space, seed: 2, pruner: median({ startupTrials: 2 }) });
    await study.optimize(
      async (_, trial) => {
        for (let step = 0; step < 4; step++) {
          trial.report(trial.number + step, step);
          if (await trial.shouldPrune()) throw new TrialPruned();
        }
        return trial.number;
      },
      { trials: 5 },
    );
    expect(study.trials.map((trial) => trial.state)).toEqual(["complete", "complete", "pruned", "pruned", "pruned"]);
    expect(study.trials[2]).toMatchObject({ values: [2], intermediate: [[0, 2]] });
  });

  test("attributes and reports are kept; wrong ones are refused", async () => {
    const study = await testStudy({ space, seed: 2 });
    await study.setUserAttr("owner", { name: "us" });
    await study.optimize(
      (_, trial) => {
        trial.setUserAttr("size", [1, 2]);
        trial.report(5, 3);
        trial.report(4, 1);
        trial.report(9, 3);
        expect(() => trial.report(1, -1)).toThrow(/"step": expected a whole number >= 0, got -1/);
        expect(() => trial.setUserAttr("f", (() => 1) as never)).toThrow(/"f": expected a JSON value/);
        return 1;
      },
      { trials: 1 },
    );
    expect(study.userAttrs).toEqual({ owner: { name: "us" } });
    expect(study.trials[0]).toMatchObject({
      userAttrs: { size: [1, 2] },
      intermediate: [
        [1, 4],
        [3, 5],
      ],
    });
  });
});

describe("several objectives", () => {
  test("the Pareto front", async () => {
    const study = await testStudy({
      space: { x: float(0, 1) },
      directions: ["minimize", "maximize"],
      sampler: random(),
      seed: 1,
    });
    const values = [
      [1, 1],
      [2, 2],
      [3, 1],
      [0.5, 0.5],
    ];
    await study.optimize((_, trial) => values[trial.number] as number[], { trials: 4 });
    expect(study.paretoFront.map((trial) => trial.number)).toEqual([0, 1, 3]);
    expect(() => study.best).toThrow(/"best": expected one objective, got 2/);
  });
});

describe("a study in a storage", () => {
  test("is continued by name", async () => {
    const storage = memory();
    const first = await testStudy({ name: "s", space, seed: 4, storage });
    await first.optimize(({ x }) => x, { totalTrials: 4 });
    const second = await testStudy({ name: "s", space, storage });
    expect(second.seed).toBe(4);
    await second.optimize(({ x }) => x, { totalTrials: 9, schedule: "reproducible" });
    const whole = await testStudy({ space, seed: 4 });
    await whole.optimize(({ x }) => x, { totalTrials: 9 });
    expect(second.digest()).toBe(whole.digest());
  });

  test("another direction, space or seed under the same name is refused", async () => {
    const storage = memory();
    await testStudy({ name: "s", space, seed: 4, storage });
    const code = { code: "study-mismatch" };
    await expect(testStudy({ name: "s", space, direction: "maximize", storage })).rejects.toThrow(
      expect.objectContaining({
        ...code,
        message: 'study "s", directions: expected minimize as in the storage, got maximize',
      }),
    );
    await expect(testStudy({ name: "s", space: { x: float(0, 1) }, storage })).rejects.toThrow(
      /space: expected x, n, kind/,
    );
    await expect(testStudy({ name: "s", space: { ...space, n: int(1, 9) }, storage })).rejects.toThrow(/space "n"/);
    await expect(testStudy({ name: "s", space, seed: 5, storage })).rejects.toThrow(
      /seed: expected 4 as in the storage, got 5/,
    );
  });
});

describe("wrong options", () => {
  test.each([
    [{ direction: "up" as "minimize" }, /"direction": expected one of "minimize", "maximize", got "up"/],
    [{ directions: [] }, /"directions": expected at least one direction/],
    [{ direction: "minimize" as const, directions: ["minimize" as const] }, /got both/],
    [{ seed: -1 }, /"seed": expected a whole number >= 0, got -1/],
    [{ seed: 0.5 }, /"seed"/],
    [{ name: "" }, /"name": expected a non-empty text, got ""/],
    [{ space: { x: float(2, 1) } }, /"x": expected low < high, got low=2, high=1/],
  ])("createStudy refuses %o", async (options, message) => {
    await expect(testStudy(options)).rejects.toThrow(message);
  });

  test.each([
    [{ workers: 2 }, /"objective": expected a module's URL or inWorkers\(...\) with workers=2/],
    [{ workers: 0 }, /"workers": expected a whole number from 1 to 1024, got 0/],
    [{ trials: -1 }, /"trials"/],
    [{ timeout: 0 }, /"timeout": expected a number of milliseconds > 0, got 0/],
    [{ patience: 0 }, /"patience"/],
    [{ stop: [{}] as never }, /"stop": expected a list of stopping rules, got \[\{\}\]/],
    [{ stop: patience(3) as never }, /"stop"/],
    [{ lag: 0 }, /"lag"/],
    [{ lag: 2, schedule: "eager" as const }, /"lag": expected none with schedule "eager", got 2/],
    [{ onError: "ignore" as "fail" }, /"onError"/],
  ])("optimize refuses %o", async (options, message) => {
    const study = await testStudy({ space, seed: 1 });
    await expect(study.optimize(() => 1, options)).rejects.toThrow(message);
    expect(study.trials).toEqual([]);
  });

  test("an objective that is none", async () => {
    const study = await testStudy({ space, seed: 1 });
    await expect(study.optimize(7 as never, { trials: 1 })).rejects.toThrow(
      /"objective": expected a function, a module's URL or inWorkers\(...\), got 7/,
    );
  });
});
