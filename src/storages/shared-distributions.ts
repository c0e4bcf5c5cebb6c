import type { Distribution } from "../core/distribution.ts";
import { setOwn } from "./own-property.ts";

/** The `distributions` of a trial record: frozen, by name. */
type Distributions = Readonly<Record<string, Distribution>>;

/** Makes the `distributions` of records, the same object for trials that have the same as the one before. */
export class SharedDistributions {
  #names: readonly string[] = [];
  #list: readonly Distribution[] = [];
  #made: Distributions = Object.freeze({});

  /** `names` and `list` are kept: they may not change afterwards. */
  of(names: readonly string[], list: readonly Distribution[]): Distributions {
    if (sameItems(names, this.#names) && sameItems(list, this.#list)) return this.#made;
    const made: Record<string, Distribution> = {};
    names.forEach((name, i) => setOwn(made, name, list[i] as Distribution));
    this.#names = names;
    this.#list = list;
    this.#made = Object.freeze(made);
    return this.#made;
  }
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
