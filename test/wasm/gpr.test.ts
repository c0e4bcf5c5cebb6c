import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gprCondition, type GprKernel, gprLikelihood, type GprProcess, gprPredict } from "../../src/wasm/gpr.ts";
import { modelsCores } from "../support/cores.ts";
import { numbers } from "../support/dense.ts";
import sklearn from "../vectors/gp-sklearn.json" with { type: "json" };

const matrix = (rows: readonly (readonly number[])[]): GprProcess["X"] => ({
  data: Float64Array.from(rows.flat()),
  rows: rows.length,
  cols: (rows[0] as number[]).length,
});

describe.each(modelsCores)("$build: Gaussian process regression", ({ core }) => {
  test.each(sklearn.cases.map((one, i) => ({ ...one, i })))("agrees with scikit-learn, case $i ($kernel)", (one) => {
    const X = matrix(one.X);
    const process: GprProcess = {
      kernel: one.kernel as GprKernel,
      X,
      amplitude: one.amplitude2,
      noise: one.noise + sklearn.jitter,
      lengthScales: one.lengthscale,
    };
    const y = Float64Array.from(one.y);
    const { value, gradient } = gprLikelihood(core, process, y);
    expect(value).toBeCloseTo(one.lml, 10);
    const ours = [gradient[X.cols], ...gradient.subarray(0, X.cols), gradient[X.cols + 1]];
    expect(ours.length).toBe(one.grad_log_amplitude2_lengthscales_noise.length);
    one.grad_log_amplitude2_lengthscales_noise.forEach((slope, i) => {
      expect(Math.abs((ours[i] as number) - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
    });
    const posterior = gprCondition(core, process, y);
    if (posterior === null) throw new Error("singular");
    const { mean, variance } = gprPredict(core, process, posterior, matrix(one.Z), true);
    one.mean.forEach((expected, i) => expect(mean[i]).toBeCloseTo(expected, 9));
    one.sd_of_f.forEach((expected, i) => expect(Math.sqrt(variance[i] as number)).toBeCloseTo(expected, 7));
  });

  test.each<GprKernel>(["matern52", "rbf"])("%s: the gradient is the likelihood's slope", (kernel) => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 23 }), fc.integer({ min: 1, max: 5 }), fc.nat(1e6));
    const property = fc.property(sizes, ([n, d, seed]) => {
      const X = { data: numbers(n * d, seed), rows: n, cols: d };
      const y = numbers(n, seed + 1);
      const theta = numbers(d + 2, seed + 2);
      const at = (values: Float64Array): ReturnType<typeof gprLikelihood> => {
        const [...powers] = values.map(Math.exp);
        const [amplitude, noise] = powers.splice(d) as [number, number];
        return gprLikelihood(core, { kernel, X, lengthScales: powers, amplitude, noise }, y);
      };
      at(theta).gradient.forEach((slope, i) => {
        const moved = (h: number): number => at(theta.map((value, k) => value + (k === i ? h : 0))).value;
        const difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        expect(Math.abs(slope - difference)).toBeLessThan(1e-5 * Math.max(1, Math.abs(difference)));
      });
    });
    fc.assert(property, { numRuns: 25 });
  });

  test("singular covariances are told", () => {
    const X = matrix([[1], [1], [1]]);
    const process: GprProcess = { kernel: "rbf", X, lengthScales: [1], amplitude: 1, noise: 1e-300 };
    expect(gprCondition(core, process, Float64Array.of(1, 2, 3))).toBe(null);
    const { value, gradient } = gprLikelihood(core, process, Float64Array.of(1, 2, 3));
    expect([value, ...gradient]).toEqual([Number.NaN, 0, 0, 0]);
  });
});
