import * as fc from "fast-check";
import { choice, float, int, type Space, type SpaceNode } from "../../src/core/space.ts";

type Node = fc.Arbitrary<SpaceNode>;

const realFloat: Node = fc
  .tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .filter(([a, b]) => a !== b && Number.isFinite(b - a))
  .map(([a, b]) => float(Math.min(a, b), Math.max(a, b)));

const plainFloat: Node = fc.integer({ min: -50, max: 50 }).map((low) => float(low, low + 10));

const logFloat: Node = fc
  .tuple(fc.integer({ min: -300, max: 299 }), fc.integer({ min: 1, max: 600 }))
  .map(([low, width]) => float(Number(`1e${low}`), Number(`1e${Math.min(low + width, 300)}`), { log: true }));

const step = fc
  .tuple(
    fc.integer({ min: -20, max: 20 }),
    fc.constantFrom(0.1, 0.25, 1, 3, 1e-9, 1e12),
    fc.integer({ min: 1, max: 12 }),
  )
  .map(([low, step, count]) => ({ low: low * step, high: low * step + count * step, step }));

const steppedFloat: Node = step.map(({ low, high, step }) => float(low, high, { step }));
const steppedInt: Node = step
  .filter(({ step }) => Number.isInteger(step))
  .map(({ low, high, step }) => int(low, high, { step }));
const plainInt: Node = fc
  .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 9 }))
  .map(([low, width]) => int(low, low + width));
const hugeInt: Node = fc.maxSafeInteger().map((low) => int(Math.min(low, 0), Math.max(low, 1)));
const logInt: Node = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 60 }))
  .map(([low, width]) => int(low, low + width, { log: true }));
const list: Node = fc.integer({ min: 1, max: 5 }).map((count) => choice(["a", 1, true, null, "b"].slice(0, count)));
const constant: Node = fc.constantFrom("fixed", 3, false);

const discrete: Node[] = [steppedFloat, steppedInt, plainInt, logInt, list, constant];
const continuous: Node[] = [plainFloat, realFloat, logFloat, hugeInt];

function spaceOf(leaves: Node[], depth: number): fc.Arbitrary<Space> {
  const inner = depth === 0 ? null : spaceOf(leaves, depth - 1);
  const branch: Node[] =
    inner === null ? [] : [fc.tuple(inner, inner).map(([one, two]) => choice({ one, two, none: {} })), inner];
  const names = fc.constantFrom("a", "b", "c", "d", "e", "f");
  return fc.dictionary(names, fc.oneof(...leaves, ...branch), { minKeys: 1, maxKeys: 4, noNullPrototype: true });
}

/** Spaces with branches, groups, steps, logarithms, single values and extreme ranges. */
export const anySpace: fc.Arbitrary<Space> = spaceOf([...discrete, ...continuous], 2);

/** The same without continuous parameters and huge ranges. */
export const discreteSpace: fc.Arbitrary<Space> = spaceOf(discrete, 2);
