import { describe, expect, test } from "vitest";
import { rnn } from "../../src/neural/index.ts";
import { sequenceNetworkSuite } from "../support/network-suite.ts";

sequenceNetworkSuite(rnn({ units: 12, embedding: 6 }), [
  { cell: "lstm" },
  { cell: "gru" },
  { cell: "lstm", bidirectional: true, pooling: "mean" },
  { cell: "gru", bidirectional: true, layers: 2, units: 7 },
]);

describe("rnn", () => {
  test.each([
    [{ cell: "simple" }, '"cell": expected one of "lstm", "gru", got "simple"'],
    [{ units: 0 }, '"units": expected a whole number >= 1, got 0'],
    [{ layers: 1.5 }, '"layers": expected a whole number >= 1, got 1.5'],
    [{ bidirectional: 1 }, '"bidirectional": expected one of true, false, got 1'],
    [{ pooling: "max" }, '"pooling": expected one of "last", "mean", got "max"'],
    [{ dropout: 1 }, '"dropout": expected a number in [0, 1), got 1'],
    [{ embedding: -4 }, '"embedding": expected a whole number >= 1, got -4'],
    [{ heads: 4 }, '"rnn parameter": expected one of "cell", "units"'],
  ])("%j is refused", (params, message) => {
    expect(() => rnn().with(params)).toThrow(message);
    expect(() => rnn(params as never)).toThrow(message);
  });

  test("with() changes a copy", () => {
    const model = rnn({ units: 5 });
    expect(model.with({ cell: "gru" }).params).toEqual({ ...model.params, cell: "gru" });
    expect(model.params.cell).toBe("lstm");
  });
});
