import { show, VernierError } from "../core/errors.ts";
import { type ChoiceParam, flattenSpace, type Space } from "../core/space.ts";
import type { Estimator } from "../models/estimator.ts";

/**
 * An estimator's settings from a candidate's nested parameters. A branch sets its own name to the branch taken
 * and the branch's parameters beside it: { kernel: { kind: "rbf", gamma: 1 } } means { kernel: "rbf", gamma: 1 }.
 * Parameters of a step stand under its name: { svc: { C: 1 } } means { "svc.C": 1 }, and where a branch stands for
 * a step, its parameters are the step's: { pca: { kind: "on", components: 2 } }.
 */
export function candidateSettings(
  params: Readonly<Record<string, unknown>>,
  estimator: Pick<Estimator<object>, "params">,
): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  collect(params, "", Object.keys(estimator.params), settings);
  return settings;
}

function collect(
  params: Readonly<Record<string, unknown>>,
  prefix: string,
  known: readonly string[],
  settings: Record<string, unknown>,
): void {
  for (const [key, value] of Object.entries(params)) {
    const name = prefix + key;
    if (Object.hasOwn(settings, name)) {
      throw new VernierError("invalid-space", `"${name}": expected every setting once, got two branches with it`);
    }
    if (typeof value !== "object" || value === null) {
      settings[name] = value;
      continue;
    }
    const { kind, ...rest } = value as Record<string, unknown>;
    if (kind !== undefined) settings[name] = kind;
    collect(rest, innerPrefix(name, known), known, settings);
  }
}

/** What stands before the settings given within `name`: a step's are its own, those of a branch stand beside it. */
function innerPrefix(name: string, known: readonly string[]): string {
  return isStep(name, known) ? `${name}.` : name.slice(0, name.lastIndexOf(".") + 1);
}

/** Whether a name is that of a step, which has settings of its own. */
function isStep(name: string, known: readonly string[]): boolean {
  return known.some((setting) => setting.startsWith(`${name}.`));
}

/**
 * Checks that a space names settings of the estimator and offers plain values for them.
 * Throws `invalid-space` naming the parameter.
 */
export function checkSettings(estimator: Pick<Estimator<object>, "name" | "params">, space: Space): void {
  flattenSpace(space);
  visit(space, "", "", new Set(), estimator);
}

/** `path` leads to the parameter in the space, `prefix` to the setting that it stands for. */
function visit(
  space: Space,
  path: string,
  prefix: string,
  outer: ReadonlySet<string>,
  estimator: Pick<Estimator<object>, "name" | "params">,
): void {
  const known = Object.keys(estimator.params);
  for (const [key, node] of Object.entries(space)) {
    const at = path + key;
    const name = prefix + key;
    const step = isStep(name, known);
    if (!known.includes(name) && !step) {
      refuse(at, `expected a setting of ${estimator.name} (${known.map(show).join(", ")})`, show(name));
    }
    if (outer.has(name)) refuse(at, "expected every setting once", "it inside a branch and outside");
    if (typeof node !== "object" || node === null) continue;
    if (node.kind === "choice") {
      const { values, labels } = node as ChoiceParam<unknown>;
      const odd = values.find((value, i) => !Object.is(value, labels[i]));
      if (odd !== undefined) refuse(at, "expected strings, numbers, booleans or null as choices", show(odd));
    } else if (node.kind === "branch") {
      const seen = new Set([...outer, ...Object.keys(space).map((other) => prefix + other)]);
      for (const [label, branch] of Object.entries(node.branches as Record<string, Space>)) {
        visit(branch, `${at}.${label}.`, innerPrefix(name, known), seen, estimator);
      }
    } else if (node.kind !== "float" && node.kind !== "int") {
      if (!step) refuse(at, "expected float(), int(), choice() or a constant", "a nested space");
      visit(node as Space, `${at}.`, `${name}.`, outer, estimator);
    }
  }
}

function refuse(name: string, expected: string, got: string): never {
  throw new VernierError("invalid-space", `"${name}": ${expected}, got ${got}`);
}
