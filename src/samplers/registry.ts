import { expectOneOf, show, VernierError } from "../core/errors.ts";
import { auto } from "./auto.ts";
import { bruteForce } from "./brute-force.ts";
import { cmaes } from "./cmaes.ts";
import { evolution } from "./evolution.ts";
import { gp } from "./gp.ts";
import { grid } from "./grid.ts";
import { nsga2 } from "./nsga2.ts";
import { nsga3 } from "./nsga3.ts";
import { qmc } from "./qmc.ts";
import { random } from "./random.ts";
import type { Sampler } from "./sampler.ts";
import { tpe } from "./tpe.ts";

const makers: Readonly<Record<string, (options: never) => Sampler>> = {
  auto,
  bruteForce,
  cmaes,
  evolution,
  gp,
  grid,
  nsga2,
  nsga3,
  qmc,
  random,
  tpe,
};

/** The names that `samplerNamed` knows: those of the samplers that stand for themselves. */
export const samplerNames: readonly string[] = Object.keys(makers);

/**
 * The sampler called `name` with options as plain data, from a command line or a request. Throws `invalid-argument` for
 * an unknown name and, as the sampler's own maker, for options that are not allowed.
 */
export function samplerNamed(name: string, options: Readonly<Record<string, unknown>> = {}): Sampler {
  const make = makers[expectOneOf("sampler", name, samplerNames)] as (options: object) => Sampler;
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return make(options);
  throw new VernierError("invalid-argument", `"sampler": expected an object of options, got ${show(options)}`);
}
