import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numbers } from "../support/dense.ts";
import { far, slopes } from "../support/finite-differences.ts";
import { tensorBuilds, tensorCall } from "../support/tensor-call.ts";

interface Sizes {
  /** 0 LSTM, 1 GRU. */
  readonly cell: 0 | 1;
  readonly directions: number;
  readonly n: number;
  readonly T: number;
  readonly units: number;
  readonly sequences: boolean;
}

interface Inputs {
  readonly x: Float64Array;
  readonly bias: Float64Array;
  readonly kernel: Float64Array;
  readonly recurrentBias: Float64Array;
}

const gatesOf = ({ cell }: Sizes): number => (cell === 0 ? 4 : 3);

const sizes: fc.Arbitrary<Sizes> = fc.record({
  cell: fc.constantFrom(0, 1),
  directions: fc.integer({ min: 1, max: 2 }),
  n: fc.integer({ min: 1, max: 6 }),
  T: fc.integer({ min: 1, max: 5 }),
  units: fc.integer({ min: 1, max: 10 }),
  sequences: fc.boolean(),
});
const seed = fc.integer({ min: 1, max: 2 ** 30 });

/** Single-precision numbers, so that the kernels get what the oracle gets. */
const singles = (count: number, s: number): Float64Array => Float64Array.from(Float32Array.from(numbers(count, s)));

function inputsOf(of: Sizes, s: number): Inputs {
  const { directions, n, T, units } = of;
  const width = gatesOf(of) * units;
  return {
    x: singles(n * T * directions * width, s),
    bias: singles(directions * width, s + 1),
    kernel: singles(directions * units * width, s + 2),
    recurrentBias: singles(directions * units, s + 3),
  };
}

/** About a third of the steps are masked, whole rows among them. */
const maskOf = ({ n, T }: Sizes, s: number): Float64Array => numbers(n * T, s).map((u) => Number(u > -0.4));

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The states after each step of one row and direction, by the textbook. */
function statesOf(of: Sizes, inputs: Inputs, mask: Float64Array | null, b: number, k: number): number[][] {
  const { cell, directions, T, units } = of;
  const width = gatesOf(of) * units;
  let h = Array.from({ length: units }, () => 0);
  let c = h;
  const found: number[][] = [];
  for (let s = 0; s < T; s++) {
    const t = k === 0 ? s : T - 1 - s;
    if (mask === null || mask[b * T + t] !== 0) {
      const old = h;
      const x = (gate: number, j: number): number =>
        (inputs.x[((b * T + t) * directions + k) * width + gate * units + j] as number) +
        (inputs.bias[k * width + gate * units + j] as number);
      const fromState = (gate: number, j: number): number =>
        old.reduce(
          (sum, one, p) => sum + one * (inputs.kernel[(k * units + p) * width + gate * units + j] as number),
          0,
        );
      const sum = (gate: number, j: number): number => x(gate, j) + fromState(gate, j);
      if (cell === 0) {
        c = c.map((carry, j) => sigmoid(sum(1, j)) * carry + sigmoid(sum(0, j)) * Math.tanh(sum(3, j)));
        h = c.map((carry, j) => sigmoid(sum(2, j)) * Math.tanh(carry));
      } else {
        h = old.map((one, j) => {
          const z = sigmoid(sum(0, j));
          const reset = sigmoid(sum(1, j)) * (fromState(2, j) + (inputs.recurrentBias[k * units + j] as number));
          return z * one + (1 - z) * Math.tanh(x(2, j) + reset);
        });
      }
    }
    found[t] = h;
  }
  return found;
}

function expectedOf(of: Sizes, inputs: Inputs, mask: Float64Array | null): Float64Array {
  const { directions, n, T, units, sequences } = of;
  const out = new Float64Array((sequences ? n * T : n) * directions * units);
  for (let b = 0; b < n; b++) {
    for (let k = 0; k < directions; k++) {
      statesOf(of, inputs, mask, b, k).forEach((h, t) => {
        if (!sequences && t !== (k === 0 ? T - 1 : 0)) return;
        out.set(h, ((sequences ? b * T + t : b) * directions + k) * units);
      });
    }
  }
  return out;
}

/** What the kernels answer: the states, and the gradients of `x`, `bias`, `kernel`, `recurrentBias` from `dy`. */
function run(file: string, of: Sizes, inputs: Inputs, mask: Float64Array | null, dy?: Float64Array) {
  const { cell, directions, n, T, units, sequences } = of;
  const call = tensorCall(file);
  const { kernels } = call;
  const at = call.input(inputs.kernel);
  const masked = mask === null ? 0 : call.input(mask);
  const out = call.output((sequences ? n * T : n) * directions * units);
  const tape = call.output(directions * kernels.tensorRecurrentTape(cell, n, T, units));
  const [x, bias, recurrentBias] = [inputs.x, inputs.bias, inputs.recurrentBias].map(call.input) as [
    number,
    number,
    number,
  ];
  const scratch = call.scratch(kernels.tensorRecurrentScratch(cell, units));
  // biome-ignore format: by meaning
  kernels.tensorRecurrent(
    cell, directions, n, T, units, x, bias, at, cell === 0 ? 0 : recurrentBias, masked, sequences, out, tape, scratch,
  );
  call.expectIntact();
  if (dy === undefined) return { out: call.read(out), gradients: [] };
  const given = call.input(dy);
  const gradients = [inputs.x, inputs.bias, inputs.kernel].map(({ length }) => call.output(length));
  if (cell === 1) gradients.push(call.output(inputs.recurrentBias.length));
  const [dx, dbias, dkernel, drecurrentBias = 0] = gradients as [number, number, number, number?];
  const room = call.scratch(kernels.tensorRecurrentGradientScratch(cell, n, T, units));
  // biome-ignore format: by meaning
  kernels.tensorRecurrentGradient(
    cell, directions, n, T, units, given, at, masked, sequences, tape, dx, dbias, dkernel, drecurrentBias, room,
  );
  call.expectIntact();
  return { out: call.read(out), gradients: gradients.map(call.read) };
}

describe.each(tensorBuilds)("recurrent layers ($build)", ({ file }) => {
  test("states are those of the plain loops, and gradients those of finite differences", () => {
    fc.assert(
      fc.property(sizes, seed, fc.boolean(), (of, s, masked) => {
        const inputs = inputsOf(of, s);
        const mask = masked ? maskOf(of, s + 4) : null;
        const expected = expectedOf(of, inputs, mask);
        const dy = singles(expected.length, s + 5);
        const { out, gradients } = run(file, of, inputs, mask, dy);
        expect(far(out, expected)).toBeLessThan(2e-6);
        const loss = (changed: Inputs): number =>
          expectedOf(of, changed, mask).reduce((sum, value, i) => sum + value * (dy[i] as number), 0);
        const names = ["x", "bias", "kernel", "recurrentBias"] as const;
        gradients.forEach((gradient, k) => {
          const name = names[k] as keyof Inputs;
          // Some entries of each: all would take the oracle's time squared.
          const entries = Array.from({ length: 7 }, (_, i) => (i * 131 + s) % gradient.length);
          const expectedSlopes = slopes((values) => loss({ ...inputs, [name]: values }), inputs[name], entries);
          expect(
            far(
              entries.map((entry) => gradient[entry] as number),
              expectedSlopes,
            ),
          ).toBeLessThan(1e-5);
          expect(gradient.every(Number.isFinite)).toBe(true);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("a row's states have the same bits whatever rows are beside it", () => {
    fc.assert(
      fc.property(sizes, seed, (of, s) => {
        const inputs = inputsOf(of, s);
        const mask = maskOf(of, s + 4);
        const { out } = run(file, of, inputs, mask);
        const last = of.n - 1;
        const part = (values: Float64Array): Float64Array => values.slice((last * values.length) / of.n);
        const alone = run(file, { ...of, n: 1 }, { ...inputs, x: part(inputs.x) }, part(mask));
        expect(alone.out).toEqual(out.slice((last * out.length) / of.n));
      }),
    );
  });

  test("what reads backwards has the bits of what reads the reverse", () => {
    fc.assert(
      fc.property(sizes, seed, (given, s) => {
        const of: Sizes = { ...given, n: 1, directions: 2, sequences: true };
        const { T, units } = of;
        const width = gatesOf(of) * units;
        const once = inputsOf({ ...of, directions: 1 }, s);
        const twice = (values: Float64Array): Float64Array => Float64Array.of(...values, ...values);
        const x = new Float64Array(T * 2 * width);
        for (let t = 0; t < T; t++) {
          x.set(once.x.slice(t * width, (t + 1) * width), t * 2 * width);
          x.set(once.x.slice((T - 1 - t) * width, (T - t) * width), (t * 2 + 1) * width);
        }
        const { bias, kernel, recurrentBias } = once;
        const both = { x, bias: twice(bias), kernel: twice(kernel), recurrentBias: twice(recurrentBias) };
        const { out } = run(file, of, both, null);
        for (let t = 0; t < T; t++) {
          const forwards = out.slice(t * 2 * units, (t * 2 + 1) * units);
          const backwards = out.slice(((T - 1 - t) * 2 + 1) * units, ((T - 1 - t) * 2 + 2) * units);
          expect(backwards).toEqual(forwards);
        }
      }),
    );
  });

  test("far inputs saturate, and what is not a number stays so", () => {
    const of: Sizes = { cell: 0, directions: 1, n: 1, T: 1, units: 1, sequences: false };
    const stateOf = (i: number, f: number, o: number, g: number): number | undefined =>
      run(file, of, { ...inputsOf(of, 1), x: Float64Array.of(i, f, o, g), bias: new Float64Array(4) }, null).out[0];
    expect(stateOf(1e9, 0, 1e9, 1e9)).toBeCloseTo(Math.tanh(1), 6);
    expect(stateOf(1e9, 0, 1e9, -Infinity)).toBeCloseTo(-Math.tanh(1), 6);
    expect(stateOf(-1e9, 0, 1e9, 1)).toBeCloseTo(0, 30);
    expect(stateOf(0, 0, 0, 1e-30)).toBeCloseTo(0.25e-30, 36);
    expect(stateOf(0, 0, 0, Number.NaN)).toBeNaN();
    expect(stateOf(Number.NaN, 0, 0, 0)).toBeNaN();
  });
});
