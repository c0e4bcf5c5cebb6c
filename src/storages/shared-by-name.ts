import { sameItems } from "../core/same-items.ts";
import { setOwn } from "./own-property.ts";

/**
 * Makes frozen objects of named items, each item turned by `make`; the same object as the time before while names and
 * items are the same, as they mostly are from trial to trial.
 */
export class SharedByName<Item, Made> {
  readonly #make: (item: Item) => Made;
  #names: readonly string[] = [];
  #items: readonly Item[] = [];
  #made: Readonly<Record<string, Made>> = Object.freeze({});

  constructor(make: (item: Item) => Made) {
    this.#make = make;
  }

  /** The lists are kept: they may not change afterwards. */
  of(names: readonly string[], items: readonly Item[]): Readonly<Record<string, Made>> {
    if (isSame(names, this.#names) && isSame(items, this.#items)) return this.#made;
    const made: Record<string, Made> = {};
    names.forEach((name, i) => setOwn(made, name, this.#make(items[i] as Item)));
    this.#names = names;
    this.#items = items;
    this.#made = Object.freeze(made);
    return this.#made;
  }
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || sameItems(a, b);
}
