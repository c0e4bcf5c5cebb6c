import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toMatrix } from "../../src/core/matrix.ts";
import type { TreesCore } from "../../src/wasm/core.ts";
import {
  type GrownTree,
  type TreeRules,
  treeGrow,
  treePredict,
  type TreeStack,
  treeTable,
} from "../../src/wasm/tree.ts";
import { treesCores } from "../support/cores.ts";
import { allSplits, impurity, type OracleProblem, sameDivision } from "../support/tree-oracle.ts";

const NO_LIMIT = 2_147_483_647;
const free: TreeRules = {
  criterion: "gini",
  randomCuts: false,
  maxFeatures: NO_LIMIT,
  maxDepth: NO_LIMIT,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  maxLeafNodes: NO_LIMIT,
  minWeightFractionLeaf: 0,
  minImpurityDecrease: 0,
  ccpAlpha: 0,
};

interface Problem extends Omit<OracleProblem, "minSamplesLeaf"> {
  readonly rules?: Partial<TreeRules>;
}

function grow(core: TreesCore, { X, y, w, criterion, rules }: Problem, trees: number = 1): GrownTree[] {
  const matrix = toMatrix(X as number[][]);
  const classes = criterion === "squaredError" ? 0 : Math.max(...y) + 1;
  const target = { y: classes === 0 ? Float64Array.from(y) : Int32Array.from(y), classes };
  const all = { ...free, maxFeatures: matrix.cols, criterion, ...rules };
  return treeGrow(core, treeTable(core, matrix), target, all, 5, 0, trees, () => Float64Array.from(w));
}

/** Walks a tree with the rows that come to each node. */
function visit(
  tree: GrownTree,
  X: Problem["X"],
  rows: readonly number[],
  see: (node: number, rows: readonly number[]) => void,
  node: number = 0,
): void {
  see(node, rows);
  const feature = tree.links[2 * node] as number;
  if (feature < 0) return;
  const goesLeft = (row: number): boolean =>
    ((X[row] as readonly number[])[feature] as number) <= (tree.thresholds[node] as number);
  visit(tree, X, rows.filter(goesLeft), see, node + 1);
  visit(
    tree,
    X,
    rows.filter((row) => !goesLeft(row)),
    see,
    tree.links[2 * node + 1] as number,
  );
}

/** Where a tree grown on the problem differs from what the exhaustive search allows. */
function faultsOf(core: TreesCore, problem: Problem): string[] {
  const [tree] = grow(core, problem) as [GrownTree];
  const width = tree.leaves.length / ((tree.thresholds.length + 1) / 2);
  const whole = { ...problem, minSamplesLeaf: problem.rules?.minSamplesLeaf ?? 1 };
  const counting = [...problem.y.keys()].filter((row) => (problem.w[row] as number) > 0);
  const weightOf = (rows: readonly number[]): number => rows.reduce((sum, row) => sum + (problem.w[row] as number), 0);
  const gains = Array<number>((problem.X[0] as readonly number[]).length).fill(0);
  const faults: string[] = [];
  const near = (got: number | undefined, wanted: number, what: string): void => {
    if (!(Math.abs((got ?? Number.NaN) - wanted) <= 1e-9 * (1 + Math.abs(wanted))))
      faults.push(`${what}: ${got}, ${wanted}`);
  };
  visit(tree, problem.X, counting, (node, rows) => {
    const splits = allSplits(whole, rows);
    const feature = tree.links[2 * node] as number;
    if (feature < 0) {
      const equal = rows.every((row) => problem.y[row] === problem.y[rows[0] as number]);
      if (!equal && splits.length > 0) faults.push(`${node} is a leaf`);
      const leaf = (tree.links[2 * node + 1] as number) * width;
      leafValues(problem, rows, width).forEach((value, c) => near(tree.leaves[leaf + c], value, `value of ${node}`));
      return;
    }
    const chosen = splits.find((one) => one.feature === feature && one.threshold === tree.thresholds[node]);
    if (chosen === undefined) {
      faults.push(`${node} has no such split`);
      return;
    }
    const most = Math.max(...splits.map(({ gain }) => gain));
    if (chosen.gain < most - 1e-9 * (1 + impurity(whole, rows))) faults.push(`${node} is not the best split`);
    if (splits.find((one) => sameDivision(one, chosen)) !== chosen) faults.push(`${node} is not the first split`);
    gains[feature] = (gains[feature] as number) + chosen.gain / weightOf(counting);
  });
  gains.forEach((gain, j) => near(tree.importances[j], gain, `importance of ${j}`));
  return faults;
}

/** The mean of the rows' targets, or the shares of their classes. */
function leafValues({ y, w, criterion }: Problem, rows: readonly number[], width: number): number[] {
  const sum = (of: (row: number) => number): number =>
    rows.reduce((total, row) => total + (w[row] as number) * of(row), 0);
  const all = sum(() => 1);
  if (criterion === "squaredError") return [sum((row) => y[row] as number) / all];
  return Array.from({ length: width }, (_, c) => sum((row) => (y[row] === c ? 1 : 0)) / all);
}

const problems = fc.record({
  n: fc.integer({ min: 2, max: 40 }),
  d: fc.integer({ min: 1, max: 4 }),
  values: fc.constantFrom(2, 5, 1000),
  classes: fc.integer({ min: 2, max: 4 }),
  criterion: fc.constantFrom("gini" as const, "entropy" as const, "squaredError" as const),
  weights: fc.constantFrom(1, 3),
  minSamplesLeaf: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

function made({
  n,
  d,
  values,
  classes,
  criterion,
  weights,
  minSamplesLeaf,
  seed,
}: {
  readonly n: number;
  readonly d: number;
  readonly values: number;
  readonly classes: number;
  readonly criterion: TreeRules["criterion"];
  readonly weights: number;
  readonly minSamplesLeaf: number;
  readonly seed: number;
}): Problem {
  let state = seed;
  const next = (bound: number): number => {
    state = (state * 48271) % 2147483647;
    return state % bound;
  };
  const X = Array.from({ length: n }, () => Array.from({ length: d }, () => next(values) - values / 2));
  const y = Array.from({ length: n }, () => (criterion === "squaredError" ? next(50) / 10 : next(classes)));
  const w = Array.from({ length: n }, (_, i) => (weights === 1 || i === 0 ? 1 : next(weights)));
  return { X, y, w, criterion, rules: { minSamplesLeaf } };
}

describe.each(treesCores)("$build: trees", ({ core }) => {
  test("split where an exhaustive search does, equal divisions by the lowest feature and threshold", () => {
    fc.assert(
      fc.property(problems, (settings) => {
        expect(faultsOf(core, made(settings))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ["many values, two classes", 1000, 2, "gini"],
    ["many values, three classes", 1000, 3, "gini"],
    ["few values", 9, 3, "entropy"],
    ["numbers", 1000, 2, "squaredError"],
  ] as const)("on more rows: %s", (_, values, classes, criterion) => {
    const shape = { n: 260, d: 2, weights: 3, minSamplesLeaf: 3, seed: 11 };
    expect(faultsOf(core, made({ ...shape, values, classes, criterion }))).toEqual([]);
  });

  test("targets far from 0, huge and tiny", () => {
    const X = Array.from({ length: 30 }, (_, i) => [i]);
    for (const [shift, scale] of [
      [1e15, 4],
      [0, 1e300],
      [0, 1e-300],
    ] as const) {
      const y = X.map(([x]) => shift + scale * ((x as number) < 11 ? 0 : (x as number) < 20 ? 1 : 4));
      const [tree] = grow(core, { X, y, w: y.map(() => 1), criterion: "squaredError" }) as [GrownTree];
      expect([...tree.thresholds].filter((_, node) => (tree.links[2 * node] as number) >= 0)).toEqual([19.5, 10.5]);
      expect([...tree.leaves]).toEqual([shift, shift + scale, shift + 4 * scale]);
    }
  });

  test("a threshold between neighboring doubles separates them; -0 and 0 are one value", () => {
    const close = [[1], [1 + Number.EPSILON]];
    const [tree] = grow(core, { X: close, y: [0, 1], w: [1, 1], criterion: "gini" }) as [GrownTree];
    expect([...tree.leaves]).toEqual([1, 0, 0, 1]);
    expect(tree.thresholds[0]).toBe(1);
    const [stump] = grow(core, { X: [[-0], [0]], y: [0, 1], w: [1, 1], criterion: "gini" }) as [GrownTree];
    expect([...stump.leaves]).toEqual([0.5, 0.5]);
  });

  test("a split that gains nothing is taken where the node is not pure", () => {
    const X = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ];
    const [tree] = grow(core, { X, y: [0, 1, 1, 0], w: [1, 1, 1, 1], criterion: "gini" }) as [GrownTree];
    expect(tree.leaves).toHaveLength(8);
    expect(tree.links[0]).toBe(0);
  });

  test("random thresholds: in the node's range, different in each tree, the same for the same key", () => {
    const problem = made({
      n: 60,
      d: 3,
      values: 1000,
      classes: 3,
      criterion: "gini",
      weights: 1,
      minSamplesLeaf: 1,
      seed: 3,
    });
    const random = { ...problem, rules: { randomCuts: true, maxFeatures: 1 } };
    const trees = grow(core, random, 6);
    expect(new Set(trees.map(({ thresholds }) => thresholds[0])).size).toBe(6);
    expect(new Set(trees.map(({ links }) => links[0])).size).toBeGreaterThan(1);
    expect(grow(core, random, 2)).toEqual(trees.slice(0, 2));
    for (const tree of trees) {
      visit(tree, problem.X, [...problem.y.keys()], (node, rows) => {
        const feature = tree.links[2 * node] as number;
        if (feature < 0) return;
        const values = rows.map((row) => (problem.X[row] as readonly number[])[feature] as number);
        const threshold = tree.thresholds[node] as number;
        expect(threshold >= Math.min(...values) && threshold < Math.max(...values)).toBe(true);
      });
    }
  });

  test("random thresholds and features are uniform", () => {
    const X = Array.from({ length: 11 }, (_, i) => [i, 10 - i, 5 * i]);
    const y = X.map((_, i) => i % 2);
    const rules = { randomCuts: true, maxFeatures: 1, maxDepth: 1 };
    const trees = grow(core, { X, y, w: y.map(() => 1), criterion: "gini", rules }, 3000);
    const counts = [0, 1, 2].map((j) => trees.filter(({ links }) => links[0] === j).length);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(3000 * (2 / 9)));
    const shares = trees.map(({ links, thresholds }) => (thresholds[0] as number) / (links[0] === 2 ? 50 : 10));
    for (const cut of [0.1, 0.25, 0.5, 0.9]) {
      const below = shares.filter((share) => share < cut).length;
      expect(Math.abs(below - 3000 * cut)).toBeLessThan(4 * Math.sqrt(3000 * cut * (1 - cut)));
    }
  });

  test("which features are looked at has nothing to do with the thresholds drawn", () => {
    const X = Array.from({ length: 200 }, (_, i) => [i, 2 * i, 5 * i]);
    const y = X.map((_, i) => (i < 150 ? 0 : 1));
    const rules = { randomCuts: true, maxFeatures: 2, maxDepth: 1 };
    const trees = grow(core, { X, y, w: y.map(() => 1), criterion: "gini", rules }, 3000);
    const counts = [0, 1, 2].map((j) => trees.filter(({ links }) => links[0] === j).length);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt(3000 * (2 / 9)));
  });

  test("constant features are passed over: the first that varies is looked at, however few are wanted", () => {
    const X = Array.from({ length: 6 }, (_, i) => [1, 1, 1, 1, 1, 1, 1, i]);
    const problem = { X, y: [0, 1, 0, 1, 0, 1], w: [1, 1, 1, 1, 1, 1], criterion: "gini" as const };
    for (const tree of grow(core, { ...problem, rules: { maxFeatures: 1 } }, 8)) {
      expect(tree.links[0]).toBe(7);
      expect(tree.leaves).toHaveLength(12);
    }
  });

  test("stopped earlier, a tree is the same as far as it goes", () => {
    const settings = { n: 120, d: 6, values: 1000, classes: 3, weights: 1, minSamplesLeaf: 1, seed: 8 };
    for (const randomCuts of [false, true]) {
      const problem = made({ ...settings, criterion: "gini" });
      const rules = { randomCuts, maxFeatures: 2 };
      const [whole] = grow(core, { ...problem, rules }) as [GrownTree];
      const [short] = grow(core, { ...problem, rules: { ...rules, maxDepth: 3 } }) as [GrownTree];
      const follow = (node: number, wholeNode: number): number => {
        const feature = short.links[2 * node] as number;
        if (feature < 0) return 1;
        expect([feature, short.thresholds[node]]).toEqual([whole.links[2 * wholeNode], whole.thresholds[wholeNode]]);
        const rights = [short.links[2 * node + 1] as number, whole.links[2 * wholeNode + 1] as number] as const;
        return follow(node + 1, wholeNode + 1) + follow(...rights);
      };
      expect(follow(0, 0)).toBe(short.leaves.length / 3);
      expect(short.depth).toBe(3);
      const enough = { ...rules, maxLeafNodes: 1000 };
      expect(grow(core, { ...problem, rules: enough })).toEqual([whole]);
    }
  });

  test("predictions are the means over the trees of the leaves that rows come to", () => {
    const problem = made({
      n: 50,
      d: 3,
      values: 100,
      classes: 3,
      criterion: "gini",
      weights: 1,
      minSamplesLeaf: 2,
      seed: 4,
    });
    const trees = grow(core, { ...problem, rules: { maxFeatures: 1, minSamplesLeaf: 2 } }, 4);
    const sums = Array<number>(150).fill(0);
    for (const tree of trees) {
      visit(tree, problem.X, [...problem.y.keys()], (node, rows) => {
        if ((tree.links[2 * node] as number) >= 0) return;
        const leaf = (tree.links[2 * node + 1] as number) * 3;
        for (const row of rows) {
          for (let c = 0; c < 3; c++)
            sums[3 * row + c] = (sums[3 * row + c] as number) + (tree.leaves[leaf + c] as number);
        }
      });
    }
    let [nodes, leaves] = [0, 0];
    const firsts = trees.flatMap(({ thresholds }) => {
      const first = [nodes, leaves];
      nodes += thresholds.length;
      leaves += (thresholds.length + 1) / 2;
      return first;
    });
    const stack: TreeStack = {
      links: Int32Array.from(trees.flatMap(({ links }) => [...links])),
      thresholds: Float64Array.from(trees.flatMap(({ thresholds }) => [...thresholds])),
      leaves: Float64Array.from(trees.flatMap((tree) => [...tree.leaves])),
      firsts: Int32Array.from(firsts),
      width: 3,
    };
    expect([...treePredict(core, stack, toMatrix(problem.X as number[][]))]).toEqual(sums.map((sum) => sum / 4));
  });
});

describe.each(treesCores)("$build: tables of codes", ({ core }) => {
  test("codes are the ranks of the values in their column", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }).chain((d) =>
          fc.array(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: d, maxLength: d }), {
            minLength: 1,
            maxLength: 30,
          }),
        ),
        (X) => {
          const { codes, offsets, values, rows, cols } = treeTable(core, toMatrix(X));
          for (let j = 0; j < cols; j++) {
            const column = X.map((row) => (row[j] as number) + 0);
            const distinct = [...new Set(column)].sort((a, b) => a - b);
            expect([...values.subarray(offsets[j], offsets[j + 1])]).toEqual(distinct);
            const ranks = new Uint16Array(codes.buffer);
            expect([...ranks.subarray(j * rows, (j + 1) * rows)]).toEqual(
              column.map((value) => distinct.indexOf(value)),
            );
          }
        },
      ),
    );
  });

  test("more rows than 16 bits count", () => {
    const n = 70_000;
    const X = { data: Float64Array.from({ length: n }, (_, i) => (i * 7919) % n), rows: n, cols: 1 };
    const table = treeTable(core, X);
    expect(new Uint32Array(table.codes.buffer)).toEqual(Uint32Array.from(X.data));
    const target = { y: Int32Array.from(X.data, (x) => (x < 66_000 ? 0 : 1)), classes: 2 };
    const weights = new Float64Array(n).fill(1);
    const [tree] = treeGrow(core, table, target, { ...free, maxFeatures: 1 }, 0, 0, 1, () => weights);
    expect([...(tree as GrownTree).thresholds]).toEqual([65_999.5, 0, 0]);
    expect([...(tree as GrownTree).leaves]).toEqual([1, 0, 0, 1]);
  });
});
