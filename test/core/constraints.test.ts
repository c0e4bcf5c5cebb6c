import { expect, test } from "vitest";
import { violationOf } from "../../src/core/constraints.ts";

test.each([
  [{}, 0],
  [{ constraints: [-1, 0] }, 0],
  [{ constraints: [1.5, -3, 2] }, 3.5],
  [{ "constraints:weight": 2, "constraints:size": -4 }, 2],
  [{ constraints: [1], "constraints:size": 4, constraintsOfOthers: 8 }, 5],
  [{ constraints: ["1", null] }, 0],
])("%o violates by %d", (systemAttrs, expected) => {
  expect(violationOf({ systemAttrs })).toBe(expected);
});
