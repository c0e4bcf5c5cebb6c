import { expectNumber, expectOneOf, show, VernierError } from "../core/errors.ts";
import type { RandomKey } from "../core/key.ts";
import type { Core } from "../wasm/core.ts";
import { blendCrossover } from "./crossover-blend.ts";
import { sbxCrossover, vsbxCrossover } from "./crossover-sbx.ts";
import { simplexCrossover } from "./crossover-simplex.ts";
import { undxCrossover } from "./crossover-undx.ts";

/** How numbers of several parents become those of a child. */
export type CrossoverOptions =
  | { readonly type: "uniform" }
  | {
      readonly type: "blxAlpha";
      /** How far beyond the parents a child may lie, as a share of their distance; default 0.5. */
      readonly alpha?: number;
    }
  | {
      readonly type: "sbx" | "vsbx";
      /** The larger, the nearer the child is to a parent; default 2 with one objective, 20 with several. */
      readonly eta?: number;
    }
  | {
      readonly type: "spx";
      /** By how much the parents' simplex is stretched; default the square root of the parameters' number and 2. */
      readonly epsilon?: number;
    }
  | {
      readonly type: "undx";
      /** Standard deviation along the line through two parents, as a share of their distance; default 0.5. */
      readonly sigmaXi?: number;
      /** Across it, as a share of the third's distance to it; default 0.35 / sqrt(number of parameters). */
      readonly sigmaEta?: number;
    };

export type CrossoverType = CrossoverOptions["type"];

/** Genes are positions in [0, 1]; the child's may lie outside and are then moved to the nearest end. */
export interface CrossoverInput {
  /** [parents, n], n >= 1. */
  readonly parents: readonly (readonly number[])[];
  readonly objectives: number;
  /** To be used up by the crossover alone. */
  readonly key: RandomKey;
}

export interface Crossover {
  /** How many parents a child has. */
  readonly parents: 2 | 3;
  /** The child's numbers [n]; null where the child takes each from one of the parents. */
  readonly cross: ((core: Core, input: CrossoverInput) => ArrayLike<number>) | null;
}

const types = ["uniform", "blxAlpha", "sbx", "vsbx", "spx", "undx"] as const;

/** The crossover that the option names; throws `invalid-argument` for an unknown one, or parameters out of range. */
export function crossoverOf(option: CrossoverType | CrossoverOptions): Crossover {
  const options = (typeof option === "string" ? { type: option } : option) as CrossoverOptions;
  if (typeof options !== "object" || options === null) {
    throw new VernierError("invalid-argument", `"crossover": expected a name or an object, got ${show(option)}`);
  }
  expectOneOf("crossover", options.type, types);
  switch (options.type) {
    case "uniform":
      return { parents: 2, cross: null };
    case "blxAlpha":
      return { parents: 2, cross: blendCrossover(notNegative("alpha", options.alpha) ?? 0.5) };
    case "sbx":
      return { parents: 2, cross: sbxCrossover(notNegative("eta", options.eta)) };
    case "vsbx":
      return { parents: 2, cross: vsbxCrossover(notNegative("eta", options.eta)) };
    case "spx":
      return { parents: 3, cross: simplexCrossover(notNegative("epsilon", options.epsilon)) };
    case "undx":
      return {
        parents: 3,
        cross: undxCrossover(notNegative("sigmaXi", options.sigmaXi) ?? 0.5, notNegative("sigmaEta", options.sigmaEta)),
      };
  }
}

function notNegative(name: string, value: number | undefined): number | null {
  if (value === undefined) return null;
  return expectNumber(`crossover.${name}`, value, "a finite number >= 0", (it) => it >= 0);
}
