import { expectInteger, expectOneOf, show, VernierError } from "../../core/errors.ts";
import type { Space } from "../../core/space.ts";
import { type AshaOptions, rungParams } from "../../samplers/asha.ts";
import type { Settings } from "./network-task.ts";

/** How configurations climb from rung to rung; see `asha`. */
export interface PromoteOptions {
  /** Epochs of a new configuration, >= 1; default 1. */
  readonly minEpochs?: number;
  /** Epochs of the last rung, for which learning rate schedules are made. */
  readonly maxEpochs: number;
  /** Of each so many configurations at a rung one goes on; at least 2, default 3. */
  readonly factor?: number;
  /** Whether some configurations start at higher rungs, as in Hyperband; default false. */
  readonly hyperband?: boolean;
}

/** The same for the sampler, checked; throws "invalid-argument" naming the option. */
export function ashaOptions(promote: PromoteOptions): AshaOptions {
  if (typeof promote !== "object" || promote === null) {
    throw new VernierError("invalid-argument", `"promote": expected { maxEpochs, ... }, got ${show(promote)}`);
  }
  const { minEpochs = 1, maxEpochs, factor = 3, hyperband = false } = promote;
  const minResource = expectInteger("promote.minEpochs", minEpochs, 1);
  return {
    minResource,
    maxResource: expectInteger("promote.maxEpochs", maxEpochs, minResource, 1_000_000),
    reductionFactor: expectInteger("promote.factor", factor, 2),
    hyperband: expectOneOf("promote.hyperband", hyperband, [true, false]),
  };
}

/** The space with the rungs' parameters; throws "invalid-argument" where it, or what is fixed, has one of these. */
export function promotedSpace(space: Space, fixed: Settings, options: AshaOptions): Space {
  const params = rungParams({ minResource: options.minResource ?? 1, maxResource: options.maxResource });
  for (const name of Object.keys(params)) {
    if (!(name in space) && !(name in fixed)) continue;
    throw new VernierError("invalid-argument", `"${name}": expected none with "promote", which sets it, got one`);
  }
  return { ...space, ...params };
}
