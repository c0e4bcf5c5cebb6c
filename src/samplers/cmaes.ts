import { expectOneObjective } from "../core/one-objective.ts";
import { type FlatSpace, isActive } from "../core/space.ts";
import type { Direction, TrialRecord } from "../core/trial.ts";
import { type Axis, valueOn } from "./cmaes-axis.ts";
import { drawPoint, drawStartup } from "./cmaes-draw.ts";
import { type CmaesOptions, cmaesSettings } from "./cmaes-options.ts";
import { addTrial, advance, axesOf, type CmaesSearch, createSearch } from "./cmaes-search.ts";
import { checkStart } from "./cmaes-start.ts";
import { foldHistory, memoOfSpace } from "./prefix-memo.ts";
import type { Sampler } from "./sampler.ts";
import { tpe } from "./tpe.ts";

export type { CmaesOptions } from "./cmaes-options.ts";

/**
 * The covariance matrix adaptation evolution strategy: trials are drawn from a normal distribution over the numeric
 * parameters, and of every generation the better ones pull its mean, step size and covariance towards them. It works
 * in each parameter's range (the logarithm of it, with `log`) as the unit interval, so scales do not matter; what falls
 * outside is moved to the range's end. Choices and the parameters of branches are left to `tpe({ group: true })`.
 *
 * Trials count in the order of their numbers, in generations of `population`, whenever they were asked: complete ones
 * by value, then pruned ones, those that got further first, then those that violate constraints, by the sum of the
 * violations. Failed ones do not count. Parallel trials are drawn from the same distribution.
 *
 * Source: Hansen, "The CMA evolution strategy: a tutorial" (2016), with Sobol points (Teytaud and Gelly 2007), a
 * diagonal matrix at first (Ros and Hansen 2008), a margin for discrete parameters (Hamano et al. 2022), restarts
 * (Auger and Hansen 2005; Hansen 2009), learning rate adaptation (Nomura et al. 2023) and warm starts (Nomura et al.
 * 2021). Throws `invalid-argument` for options out of range and, when the study is created, for an `x0` or a
 * `warmStart` of another space, and `unsupported` for more than one objective.
 */
export function cmaes(options: CmaesOptions = {}): Sampler {
  const settings = cmaesSettings(options);
  const others = tpe({ group: true });
  const partsOf = memoOfSpace((space, directions) => split(space, directions));
  return {
    name: "cmaes",
    check(space, directions) {
      expectOneObjective("cmaes", directions);
      checkStart(axesOf(space), directions, settings);
    },
    suggest(core, input) {
      const { space, directions, history } = input;
      const { seed, trial } = input.key;
      const { axes, rest, searchOf } = partsOf(space, directions);
      const drawn: Record<string, number> =
        rest.length === 0 ? {} : { ...others.suggest(core, { ...input, space: rest }) };
      if (axes.length > 0) {
        const task = { axes, settings, seed };
        const run = advance(core, task, directions, searchOf(seed, history));
        const point =
          run === null ? drawStartup(core, axes.length, seed, trial) : drawPoint(core, run.state, seed, trial);
        axes.forEach((axis, j) => {
          drawn[axis.name] = valueOn(core, axis, point[j] as number);
        });
      }
      const internal: Record<string, number> = {};
      for (const param of space) if (isActive(param, internal)) internal[param.name] = drawn[param.name] as number;
      return internal;
    },
  };
}

interface Parts {
  readonly axes: readonly Axis[];
  /** The parameters that are not axes. */
  readonly rest: FlatSpace;
  readonly searchOf: (seed: number, history: readonly TrialRecord[]) => CmaesSearch;
}

function split(space: FlatSpace, directions: readonly Direction[]): Parts {
  const axes = axesOf(space);
  const names = new Set(axes.map(({ name }) => name));
  // Where a discrete parameter's coordinate lay in its cell is drawn: a search depends on the seed.
  const foldOf = memoOf((_seed: number) =>
    foldHistory(createSearch, (search, trial) => addTrial(search, trial, axes, directions)),
  );
  return {
    axes,
    rest: space.filter(({ name }) => !names.has(name)),
    searchOf: (seed, history) => foldOf(seed)(history),
  };
}

/** What `make` makes of an argument, kept until another one comes. */
function memoOf<Argument, Made>(make: (argument: Argument) => Made): (argument: Argument) => Made {
  let last: { readonly argument: Argument; readonly made: Made } | null = null;
  return (argument) => {
    if (last === null || last.argument !== argument) last = { argument, made: make(argument) };
    return last.made;
  };
}
