import { crc32 } from "./crc32.ts";

/** Hyperband's brackets, from the one that prunes earliest. */
export interface Brackets {
  /** Shares of the trials that each bracket gets. */
  readonly budgets: readonly number[];
  /** The bracket of a trial: a hash of the text and the number, spread by the budgets. */
  of(salt: string, number: number): number;
}

/**
 * One bracket for each power of `factor` from 1 to maxResource / minResource. Bracket b of n gets
 * ceil(n factor^s / (s + 1)) shares, s = n - 1 - b.
 * Source: Li et al. (2018), algorithm 1; the shares and the hash as in Optuna's HyperbandPruner.
 */
export function bracketsFor(minResource: number, maxResource: number, factor: number): Brackets {
  let count = 1;
  // Whole powers, where a logarithm may round 3 to 2.999.
  for (let power = factor; power * minResource <= maxResource; power *= factor) count++;
  return bracketsOf(count, factor);
}

/** `n` brackets. */
export function bracketsOf(n: number, factor: number): Brackets {
  const powers = [1];
  while (powers.length < n) powers.push((powers.at(-1) as number) * factor);
  const budgets = powers.map((power, s) => Math.ceil((n * power) / (s + 1))).toReversed();
  const total = budgets.reduce((sum, budget) => sum + budget, 0);

  return {
    budgets,
    of(salt, number) {
      let left = crc32(`${salt}_${number}`) % total;
      for (const [bracket, budget] of budgets.entries()) {
        if (left < budget) return bracket;
        left -= budget;
      }
      return n - 1;
    },
  };
}
