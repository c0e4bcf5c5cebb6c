import { describe, expect, test } from "vitest";
import { transformer } from "../../src/neural/index.ts";
import { sequenceNetworkSuite } from "../support/network-suite.ts";

sequenceNetworkSuite(transformer({ width: 16, heads: 2, depth: 1 }), [
  {},
  { activation: "relu", expansion: 1 },
  { depth: 2, heads: 4, width: 12 },
]);

describe("transformer", () => {
  test.each([
    [{ width: 30 }, '"heads": expected a divisor of width=30, got 4'],
    [{ heads: 3 }, '"heads": expected a divisor of width=32, got 3'],
    [{ heads: 0 }, '"heads": expected a whole number >= 1, got 0'],
    [{ depth: 0 }, '"depth": expected a whole number >= 1, got 0'],
    [{ expansion: "4" }, '"expansion": expected a whole number >= 1, got "4"'],
    [{ activation: "tanh" }, '"activation": expected one of "gelu", "relu", got "tanh"'],
    [{ attentionDropout: -0.1 }, '"attentionDropout": expected a number in [0, 1), got -0.1'],
    [{ units: 4 }, '"transformer parameter": expected one of "width", "heads"'],
  ])("%j is refused", (params, message) => {
    expect(() => transformer().with(params)).toThrow(message);
    expect(() => transformer(params as never)).toThrow(message);
  });
});
