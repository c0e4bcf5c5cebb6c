import { float, type Space } from "../../src/core/space.ts";

/** Several objectives over the unit cube, all to be minimized. */
export interface MultiProblem {
  readonly name: string;
  readonly space: Space;
  values(x: readonly number[]): number[];
  /** A point that the best trade-offs dominate. */
  readonly reference: readonly number[];
  /** The hypervolume that the whole front dominates. */
  readonly best: number;
}

const cube = (d: number): Space => Object.fromEntries(Array.from({ length: d }, (_, i) => [`x${i}`, float(0, 1)]));

// Zitzler, Deb & Thiele (2000): g = 1 on the front, where f1 runs from 0 to 1.
const zdt = (name: string, under: number, shape: (share: number) => number): MultiProblem => ({
  name,
  space: cube(6),
  values([f1 = 0, ...rest]) {
    const g = 1 + (9 * rest.reduce((sum, x) => sum + x, 0)) / rest.length;
    return [f1, g * shape(f1 / g)];
  },
  reference: [1.1, 5],
  // The box, less what lies below the front.
  best: 1.1 * 5 - under,
});

/**
 * ZDT1 (convex front), ZDT2 (concave front), and DTLZ2 (Deb et al. 2002) with three objectives, whose front is the
 * sphere's eighth. The sphere is parametrized without sines, so that every engine computes the same.
 */
export const multiProblems: readonly MultiProblem[] = [
  zdt("ZDT1", 1 / 3, (share) => 1 - Math.sqrt(share)),
  zdt("ZDT2", 2 / 3, (share) => 1 - share * share),
  {
    name: "DTLZ2",
    space: cube(7),
    values([u = 0, v = 0, ...rest]) {
      const g = rest.reduce((sum, x) => sum + (x - 0.5) * (x - 0.5), 0);
      const [cu, su] = quarterCircle(u);
      const [cv, sv] = quarterCircle(v);
      return [(1 + g) * cu * cv, (1 + g) * cu * sv, (1 + g) * su];
    },
    reference: [1.1, 1.1, 1.1],
    best: 1.1 * 1.1 * 1.1 - Math.PI / 6,
  },
];

/** A point of the quarter circle for t from 0 to 1. */
function quarterCircle(t: number): [number, number] {
  return [(1 - t * t) / (1 + t * t), (2 * t) / (1 + t * t)];
}
