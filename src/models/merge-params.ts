import { expectOneOf } from "../core/errors.ts";

/**
 * `base`, which has every setting of the model, with `changes` in place of its own; those that are undefined
 * change nothing. The values are yet to be checked. Throws `invalid-argument` for a name that is not in `base`.
 */
export function mergeParams<P extends object>(
  model: string,
  changes: Readonly<Record<string, unknown>>,
  base: P,
): Readonly<Record<keyof P, unknown>> {
  for (const name of Object.keys(changes)) expectOneOf(`${model} parameter`, name, Object.keys(base));
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return { ...base, ...given };
}
