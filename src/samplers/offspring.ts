import { cardinality, type Distribution, valueAt } from "../core/distribution.ts";
import { type FlatParam, isActive } from "../core/space.ts";
import type { TrialRecord } from "../core/trial.ts";
import { valueIn } from "../core/value-in.ts";
import type { Core } from "../wasm/core.ts";
import { drawPrior } from "../wasm/draw.ts";
import { uniforms } from "../wasm/random.ts";
import type { Crossover } from "./crossover.ts";
import type { GeneticSettings } from "./genetic-options.ts";
import type { SamplerInput, Suggestion } from "./sampler.ts";
import type { Survivor } from "./survivors.ts";
import { unitPosition } from "./unit-interval.ts";

/**
 * A child of some of the elite: crossed with probability `crossoverProb`, else like one parent; then every parameter
 * is drawn anew from its prior with probability `mutationProb`. A parameter that only some of the parents have comes
 * from one of those, one that none has from its prior, as all do without an elite. Choices are taken from a parent.
 */
export function offspring(
  core: Core,
  { space, directions, key }: SamplerInput,
  elite: readonly Survivor[],
  settings: GeneticSettings,
  name: string,
): Suggestion {
  const own = (purpose: string): SamplerInput["key"] => ({ ...key, purpose: `${name}/${purpose}` });
  const { crossover } = settings;
  const parents = chooseParents(elite, uniforms(core, own("parents"), 1 + 2 * crossover.parents), settings);
  const crossing = { parents, crossover, objectives: directions.length, key: own("crossover") };
  const crossed = parents.length > 1 ? crossNumbers(core, space, crossing) : new Map<string, number>();
  const varied = space.filter((param) => cardinality(param.distribution) > 1 && parents[0] && hasIt(parents[0], param));
  const mutationProb = settings.mutationProb ?? 1 / Math.max(1, varied.length);

  const internal: Record<string, number> = {};
  for (const param of space) {
    if (!isActive(param, internal)) continue;
    if (cardinality(param.distribution) === 1) {
      internal[param.name] = valueAt(param.distribution, 0);
      continue;
    }
    const [mutation, prior, swap] = uniforms(core, own(`param/${param.name}`), 3) as unknown as [
      number,
      number,
      number,
    ];
    const owners = parents.filter((parent) => hasIt(parent, param));
    // Of two owners the first, unless swapped; of three the outer ones.
    const owner = swap < settings.swappingProb ? owners.at(-1) : owners[0];
    internal[param.name] =
      owner === undefined || mutation < mutationProb
        ? drawPrior(core, param.distribution, prior)
        : (crossed.get(param.name) ?? (owner.internal[param.name] as number));
  }
  return internal;
}

function hasIt(trial: TrialRecord, { name, distribution }: FlatParam): boolean {
  return !Number.isNaN(valueIn(trial, name, distribution));
}

/** Each the better of two that are drawn, by rank and then by room; nobody twice. */
function chooseParents(elite: readonly Survivor[], draws: Float64Array, settings: GeneticSettings): TrialRecord[] {
  if (elite.length === 0) return [];
  const left = [...elite];
  const count = (draws[0] as number) < settings.crossoverProb ? settings.crossover.parents : 1;
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [1, 2].map((k) => Math.floor((draws[2 * i + k] as number) * left.length)) as [number, number];
    const [first, second] = [left[a] as Survivor, left[b] as Survivor];
    const isBetter = second.rank === first.rank ? second.crowding > first.crowding : second.rank < first.rank;
    return (left.splice(isBetter ? b : a, 1)[0] as Survivor).trial;
  });
}

interface Crossing {
  readonly parents: readonly TrialRecord[];
  readonly crossover: Crossover;
  readonly objectives: number;
  readonly key: SamplerInput["key"];
}

/** The child's value of each number that all parents have; none where the crossover leaves that to swapping. */
function crossNumbers(core: Core, space: readonly FlatParam[], crossing: Crossing): Map<string, number> {
  const { parents, crossover, objectives, key } = crossing;
  const child = new Map<string, number>();
  const numbers = space.filter(
    (param) =>
      param.distribution.type !== "categorical" &&
      cardinality(param.distribution) > 1 &&
      parents.every((parent) => hasIt(parent, param)),
  );
  if (crossover.cross === null || numbers.length === 0) return child;
  const genes = parents.map(({ internal }) =>
    numbers.map(({ name, distribution }) =>
      unitPosition(core, distribution as Exclude<Distribution, { type: "categorical" }>, internal[name] as number),
    ),
  );
  const crossed = crossover.cross(core, { parents: genes, objectives, key });
  numbers.forEach(({ name, distribution }, j) => {
    const position = crossed[j] as number;
    // A gene that was not changed keeps its very value.
    const from = parents.find((_, p) => genes[p]?.[j] === position);
    const value = from?.internal[name] ?? drawPrior(core, distribution, Math.min(Math.max(position, 0), 1));
    child.set(name, value);
  });
  return child;
}
