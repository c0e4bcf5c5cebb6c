import { show } from "../core/errors.ts";
import { failureOf } from "../study/evaluate.ts";
import type { Objective, ObjectiveModule } from "../study/objective.ts";
import type { StartFailure } from "./protocol.ts";

/** Imports the module at `url` and calls its `setup`, if it has one. */
export async function importObjective(url: string, workerData: unknown): Promise<Objective<never> | StartFailure> {
  let loaded: Partial<ObjectiveModule>;
  try {
    // Bundlers shall leave this as it is: the module is known when the program runs, and not before.
    loaded = (await import(/* webpackIgnore: true */ /* @vite-ignore */ url)) as Partial<ObjectiveModule>;
  } catch (error) {
    return refused(`${url} to be a module that can be imported`, error);
  }
  const { default: objective, setup } = loaded;
  if (typeof objective !== "function") {
    return { expected: `${url} to export its objective, a function, as default`, got: show(objective), failure: null };
  }
  return setUp(objective, setup, `"setup" of ${url}`, workerData);
}

/** The objective, once `setup` has taken the data; `name` is what errors call it. */
export async function setUp(
  objective: Objective<never>,
  setup: ObjectiveModule["setup"] | undefined,
  name: string,
  workerData: unknown,
): Promise<Objective<never> | StartFailure> {
  if (setup === undefined) return objective;
  if (typeof setup !== "function") return { expected: `${name} to be a function`, got: show(setup), failure: null };
  try {
    await setup(workerData);
  } catch (error) {
    return refused(`${name} to succeed`, error);
  }
  return objective;
}

function refused(expected: string, error: unknown): StartFailure {
  const failure = failureOf(error);
  return { expected, got: `${failure.name}: ${failure.message}`, failure };
}
