import { describe, expect, test } from "vitest";
import type { Matrix } from "../../src/core/matrix.ts";
import { fBeta, makeScorer, maxError, type Scorer, scorerNamed, scorers } from "../../src/metrics/index.ts";

const refused = (code: string, message: string | RegExp): object =>
  expect.objectContaining({
    name: "VernierError",
    code,
    message: typeof message === "string" ? message : expect.stringMatching(message),
  });

describe("scorers", () => {
  test("are found by name", () => {
    for (const [name, scorer] of Object.entries(scorers)) expect(scorerNamed(name)).toBe(scorer);
    expect(Object.values(scorers).map(({ name }) => name)).toEqual(Object.keys(scorers));
  });

  test("an unknown name lists the known ones", () => {
    expect(() => scorerNamed("acuracy")).toThrow(
      refused(
        "invalid-argument",
        /^"scoring": expected one of "accuracy", "balancedAccuracy", .*"negLogLoss".*"rocAuc".*"r2".*, got "acuracy"$/,
      ),
    );
  });

  const classes = [0, 1, 2, 3, 4, 5];
  const table = (rows: number[][]): Matrix => ({
    data: Float64Array.from(rows.flat()),
    rows: rows.length,
    cols: (rows[0] as number[]).length,
  });
  // Probabilities that put class (i + shift) first for sample i, and the true class i last when shift is not 0.
  const proba = (n: number, shift: number): Matrix =>
    table(
      Array.from({ length: n }, (_, i) => {
        const row = Array.from({ length: n }, (_, k) => (k === (i + shift) % n ? n : k === i ? 0 : 1));
        const total = row.reduce((a, b) => a + b, 0);
        return row.map((p) => p / total);
      }),
    );

  const onTwo = (scorer: Scorer, right: boolean): number => {
    if (scorer.needs === "labels") return scorer.score([0, 1], right ? [0, 1] : [1, 0]);
    if (scorer.needs === "values") return scorer.score([1, 2], Float64Array.from(right ? [1.1, 2] : [3, -0.5]));
    return scorer.score([0, 1], proba(2, right ? 0 : 1), [0, 1]);
  };
  const onSix = (scorer: Scorer, right: boolean): number => {
    const wrong = [1, 2, 3, 4, 5, 0];
    if (scorer.needs === "labels") return scorer.score(classes, right ? classes : wrong);
    if (scorer.needs === "values") return scorer.score(classes, Float64Array.from(right ? classes : wrong));
    return scorer.score(classes, proba(6, right ? 0 : 1), classes);
  };

  const all = Object.values(scorers);
  test.each(all.filter(({ name }) => !name.startsWith("top")))("$name is greater for better predictions", (scorer) => {
    expect(onTwo(scorer, true)).toBeGreaterThan(onTwo(scorer, false));
  });

  const ofTwo = /^(precision|recall|f1|jaccard)$/;
  test.each(all.filter(({ name }) => !ofTwo.test(name)))("$name is so for six classes too", (scorer) => {
    expect(onSix(scorer, true)).toBeGreaterThan(onSix(scorer, false));
  });
});

describe("makeScorer", () => {
  const P: Matrix = { data: Float64Array.of(0.4, 0.6, 0.9, 0.1), rows: 2, cols: 2 };

  test("takes a plain function of true and predicted labels", () => {
    const f2 = makeScorer({ name: "f2", needs: "labels", score: (a, b) => fBeta(a, b, { beta: 2 }) });
    expect([f2.name, f2.needs]).toEqual(["f2", "labels"]);
    expect((f2 as Extract<Scorer, { needs: "labels" }>).score([0, 1, 1], [0, 1, 0])).toBe(5 / 9);
  });

  test("turns a loss round, whatever it needs", () => {
    const worst = makeScorer({ name: "worst", needs: "values", greaterIsBetter: false, score: maxError });
    expect(worst.needs === "values" && worst.score([1, 2], Float64Array.of(1, 5))).toBe(-3);
    const seen: unknown[] = [];
    const score = (...all: unknown[]): number => {
      seen.push(...all);
      return 2;
    };
    for (const needs of ["probabilities", "ranking"] as const) {
      const scorer = makeScorer({ name: "two", needs, greaterIsBetter: false, score });
      expect(scorer.needs === needs && scorer.score([0, 1], P, [0, 1])).toBe(-2);
    }
    expect(seen).toEqual([[0, 1], P, [0, 1], [0, 1], P, [0, 1]]);
  });

  test("refuses what is not a scorer", () => {
    const score = (): number => 1;
    expect(() => makeScorer({ name: "", needs: "labels", score })).toThrow(
      refused("invalid-argument", '"name": expected the score\'s name, got ""'),
    );
    expect(() => makeScorer({ name: "x", needs: "classes" as never, score })).toThrow(
      refused(
        "invalid-argument",
        '"needs": expected one of "labels", "probabilities", "ranking", "values", got "classes"',
      ),
    );
    expect(() => makeScorer({ name: "x", needs: "labels", score: 3 as never })).toThrow(
      refused("invalid-argument", '"score": expected a function of true and predicted, got 3'),
    );
  });
});
