import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Label } from "../../src/core/labels.ts";
import { breastCancer } from "../../src/datasets/breast-cancer.ts";
import { digits } from "../../src/datasets/digits.ts";
import { iris } from "../../src/datasets/iris.ts";
import { estimatorNamed, svc } from "../../src/models/index.ts";
import { svcOn } from "../../src/models/svm/svc.ts";
import { type SvcParams, svcParams } from "../../src/models/svm/svc-params.ts";
import { solverSettings } from "../../src/models/svm/svm-params.ts";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { core as search, models, modelsCores } from "../support/cores.ts";
import { rowsOf, standardized } from "../support/tables.ts";

const make = (params: Partial<SvcParams> = {}, on = models): ReturnType<typeof svc> =>
  svcOn(() => on, svcParams(params));
const hash = (values: Float64Array): string => sha256Hex(search, new Uint8Array(values.buffer));
const flowers = iris();

describe("parameters", () => {
  test("defaults are those of scikit-learn", () => {
    expect(svc().name).toBe("svc");
    expect(svc().params).toEqual({
      C: 1,
      kernel: "rbf",
      gamma: "scale",
      degree: 3,
      coef0: 0,
      tol: 1e-3,
      cacheSize: 200,
      maxIterations: -1,
      shrinking: true,
      classWeight: null,
      probability: false,
      seed: 0,
    });
  });

  test("with() leaves the first classifier as it was, and the registry knows the name", () => {
    const first = svc({ C: 2 });
    const second = first.with({ kernel: "linear", C: undefined });
    expect(first.params.kernel).toBe("rbf");
    expect(second.params).toMatchObject({ C: 2, kernel: "linear" });
    expect(Object.isFrozen(second.params)).toBe(true);
    expect(estimatorNamed("svc", { C: 3 }).params).toMatchObject({ C: 3, kernel: "rbf" });
  });

  test("without a limit of one's own it is LIBSVM's, so that a fit ends", () => {
    const limitOf = (maxIterations: number, variables: number): number =>
      solverSettings(svcParams({ maxIterations }), variables).maxIterations;
    expect([limitOf(-1, 50), limitOf(-1, 200_000), limitOf(7, 50)]).toEqual([10_000_000, 20_000_000, 7]);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ c: 1 }, '"svc parameter": expected one of "C", "kernel", "gamma"'],
    [{ C: 0 }, '"C": expected a finite number > 0, got 0'],
    [{ C: "1" }, '"C": expected a finite number > 0, got "1"'],
    [{ kernel: "cubic" }, '"kernel": expected one of "linear", "rbf", "poly", "sigmoid", got "cubic"'],
    [{ gamma: -1 }, '"gamma": expected a finite number >= 0, "scale" or "auto", got -1'],
    [{ gamma: "wide" }, '"gamma": expected a finite number >= 0, "scale" or "auto", got "wide"'],
    [{ degree: 2.5 }, '"degree": expected a whole number from 0 to 1000, got 2.5'],
    [{ coef0: Number.NaN }, '"coef0": expected a finite number, got NaN'],
    [{ tol: 0 }, '"tol": expected a finite number > 0, got 0'],
    [{ cacheSize: 0 }, '"cacheSize": expected a number of megabytes > 0, got 0'],
    [{ maxIterations: 0 }, '"maxIterations": expected a whole number >= 1, or -1 for LIBSVM\'s limit, got 0'],
    [{ shrinking: 1 }, '"shrinking": expected one of true, false, got 1'],
  ])("%o is refused", (params, message) => {
    expect(() => svc(params as Partial<SvcParams>)).toThrow(message);
    expect(() => svc().with(params)).toThrow(message);
  });
});

describe("data", () => {
  const X = [[0], [1], [2], [3]];

  test.each<[string, () => unknown, string]>([
    ["lengths", () => make().fit(X, [0, 1]), '"y": expected 4 labels, one for each row of X, got 2'],
    ["one class", () => make().fit(X, [1, 1, 1, 1]), '"y": expected at least two classes, got only 1'],
    ["NaN", () => make().fit([[0], [Number.NaN]], [0, 1]), '"X": expected finite numbers, got NaN in row 1, column 0'],
    [
      "columns",
      () =>
        make()
          .fit(X, [0, 0, 1, 1])
          .predict([[1, 2]]),
      '"X": expected 1 columns as in the training data, got 2',
    ],
    [
      "overflow",
      () => make({ gamma: 1 }).fit([[1e200], [2e200]], [0, 1]),
      '"X": expected features whose kernel values stay within double precision, got an overflow',
    ],
  ])("bad %s is refused", (_, act, message) => {
    expect(act).toThrow(message);
  });

  test("gamma: scale is 1 / (d var), 1 / d for a constant table; auto is 1 / d", () => {
    const table = [
      [0, 2],
      [4, 6],
    ];
    expect(make().fit(table, [0, 1]).gamma).toBe(1 / (2 * 5));
    expect(
      make().fit(
        [
          [3, 3],
          [3, 3],
        ],
        [0, 1],
      ).gamma,
    ).toBe(1 / 2);
    expect(make({ gamma: "auto" }).fit(table, [0, 1]).gamma).toBe(1 / 2);
  });
});

describe.each(modelsCores)("$build: fitted", ({ core }) => {
  test("two points: the plane in the middle, positive for the second class", () => {
    const machine = make({ kernel: "linear", C: 10 }, core).fit(
      [
        [0, 0],
        [2, 0],
      ],
      ["a", "b"],
    );
    expect(machine.classes).toEqual(["a", "b"]);
    expect([...(machine.coef?.data ?? [])]).toEqual([1, 0]);
    expect(machine.intercepts).toEqual([-1]);
    expect([...machine.dualCoef.data]).toEqual([-0.5, 0.5]);
    expect([...machine.decisionFunction([[3, 5]]).data]).toEqual([2]);
    expect(
      machine.predict([
        [0.9, 0],
        [1.1, 7],
      ]),
    ).toEqual(["a", "b"]);
  });

  test("support vectors are the training rows named, and give the decision values", () => {
    const X = standardized(flowers.X);
    const machine = make({ C: 3 }, core).fit(X, flowers.y);
    expect(machine.nSupport.reduce((sum, count) => sum + count, 0)).toBe(machine.support.length);
    expect(machine.supportVectors.data).toEqual(rowsOf(X, [...machine.support]).data);
    const owners = [...machine.support].map((row) => flowers.y[row]);
    expect(owners).toEqual(
      machine.nSupport.flatMap((count, c) => Array<Label>(count).fill(machine.classes[c] as Label)),
    );
    expect(machine.coef).toBe(null);
    expect(machine.iterations.length).toBe(3);
    const used = [...machine.support.keys()].every((t) =>
      [0, 1].some((line) => machine.dualCoef.data[line * machine.support.length + t] !== 0),
    );
    expect(used).toBe(true);
  });

  test("an unfinished fit says so", () => {
    const machine = make({ maxIterations: 3 }, core).fit(flowers.X, flowers.y);
    expect(machine.converged).toBe(false);
    expect(machine.iterations).toEqual([3, 3, 3]);
  });

  test("the bits of a fit are pinned", () => {
    const { X, y } = digits();
    const rows = [...Array(500).keys()];
    const machine = make({ C: 2, gamma: 0.002 }, core).fit(rowsOf(X, rows), y.slice(0, 500));
    expect(hash(machine.dualCoef.data)).toBe("10952ff6e75446a923595bc93dbf230614e16c4347454274e4af08a1cf42348f");
    expect(hash(machine.decisionFunction(rowsOf(X, [600, 700, 800])).data)).toBe(
      "7f46abcd85083202e1f120d17a1613c3cea333afa7d3d35d96bc7e3b39d973fc",
    );
    const other = make({ kernel: "sigmoid", gamma: 0.01 }, core).fit(standardized(flowers.X), flowers.y);
    expect(hash(other.dualCoef.data)).toBe("f089a29c441622b12db8ccff450437ebad1d7be9ec660bf25843c921573fd8bf");
  });
});

describe("predictions", () => {
  test("are the vote over the decision values, the first of tied classes winning", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5 }),
        fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
        (k, stream) => {
          const next = (): number => stream.next().value as number;
          const X = Array.from({ length: 4 * k }, () => [next(), next()]);
          const machine = make({ gamma: 2 }).fit(
            X,
            X.map((_, i) => i % k),
          );
          const values = machine.decisionFunction(X);
          const predicted = machine.predict(X);
          X.forEach((_, row) => {
            const votes = Array<number>(k).fill(0);
            let pair = 0;
            for (let a = 0; a < k; a++) {
              for (let b = a + 1; b < k; b++) {
                const value = values.data[row * values.cols + pair++] as number;
                const winner = k === 2 ? (value >= 0 ? b : a) : value > 0 ? a : b;
                votes[winner] = (votes[winner] as number) + 1;
              }
            }
            expect(predicted[row]).toBe(votes.indexOf(Math.max(...votes)));
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  test("do not depend on the type of the labels", () => {
    const { X, y } = breastCancer();
    const some = rowsOf(X, [...Array(200).keys()]);
    const words = make().fit(some, y.slice(0, 200));
    const flags = make().fit(
      some,
      y.slice(0, 200).map((label) => label === "malignant"),
    );
    expect(flags.predict(X)).toEqual(words.predict(X).map((label) => label === "malignant"));
  });

  test("fits that reuse inner products of the same table have the bits of the first", () => {
    const { X, y } = breastCancer();
    const table = standardized(X);
    const first = make({ C: 2 }).fit(table, y);
    for (let again = 0; again < 3; again++) {
      make({ kernel: "poly", degree: 2 }).fit(table, y);
      expect(make({ C: 2 }).fit(table, y).dualCoef.data).toEqual(first.dualCoef.data);
    }
    // The numbers may change in place, and the labels, which decide the order of the rows.
    table.data[0] = 5;
    const changed = make({ C: 2 }).fit(table, y);
    expect(changed.dualCoef.data).toEqual(make({ C: 2 }).fit({ ...table, data: table.data.slice() }, y).dualCoef.data);
    const turned = y.map((label) => (label === "benign" ? "z" : label));
    const flipped = make({ C: 2 }).fit(table, turned);
    expect(flipped.dualCoef.data).toEqual(
      make({ C: 2 }).fit({ ...table, data: table.data.slice() }, turned).dualCoef.data,
    );
  });

  test("a model does not change after its data does", () => {
    const X = rowsOf(flowers.X, [...Array(150).keys()]);
    const machine = make({ kernel: "linear" }).fit(X, flowers.y);
    const before = machine.decisionFunction(flowers.X).data;
    X.data.fill(0);
    machine.decisionFunction(flowers.X).data.fill(7);
    for (const { data } of [machine.supportVectors, machine.dualCoef]) data.fill(0);
    expect(machine.decisionFunction(flowers.X).data).toEqual(before);
  });
});
