import { show, VernierError } from "../core/errors.ts";

/**
 * The points of the simplex with `objectives` coordinates that are whole multiples of 1 / divisions and sum to 1:
 * (objectives + divisions - 1 choose divisions) of them, in lexicographic order.
 * Source: Das & Dennis, "Normal-boundary intersection" (SIAM J. Optim. 8, 1998).
 */
export function dasDennisPoints(objectives: number, divisions: number): number[][] {
  const points: number[][] = [];
  const place = (before: readonly number[], left: number): void => {
    if (before.length === objectives - 1) points.push([...before, left].map((part) => part / divisions));
    else for (let part = 0; part <= left; part++) place([...before, part], left - part);
  };
  place([], divisions);
  return points;
}

/** Throws `invalid-argument` unless these are directions in the positive orthant, of equal length. */
export function expectReferencePoints(points: readonly (readonly number[])[]): readonly (readonly number[])[] {
  if (!Array.isArray(points) || points.length === 0) {
    throw new VernierError("invalid-argument", `"referencePoints": expected at least one, got ${show(points)}`);
  }
  points.forEach((point: readonly number[], i) => {
    const isDirection =
      Array.isArray(point) &&
      point.length === points[0]?.length &&
      point.every((x) => Number.isFinite(x) && x >= 0) &&
      point.some((x) => x > 0);
    if (isDirection) return;
    const expected = `${points[0]?.length ?? "some"} finite numbers >= 0, not all 0`;
    throw new VernierError("invalid-argument", `"referencePoints[${i}]": expected ${expected}, got ${show(point)}`);
  });
  return points;
}
