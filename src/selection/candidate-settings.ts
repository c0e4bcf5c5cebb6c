import { show, VernierError } from "../core/errors.ts";
import { type ChoiceParam, flattenSpace, type Space } from "../core/space.ts";
import type { Estimator } from "../models/estimator.ts";

/**
 * An estimator's settings from a candidate's nested parameters. A branch sets its own name to the branch taken
 * and the branch's parameters beside it: { kernel: { kind: "rbf", gamma: 1 } } means { kernel: "rbf", gamma: 1 }.
 */
export function candidateSettings(params: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  collect(params, settings);
  return settings;
}

function collect(params: Readonly<Record<string, unknown>>, settings: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(params)) {
    if (Object.hasOwn(settings, name)) {
      throw new VernierError("invalid-space", `"${name}": expected every setting once, got two branches with it`);
    }
    if (typeof value !== "object" || value === null) {
      settings[name] = value;
      continue;
    }
    const { kind, ...rest } = value as Record<string, unknown>;
    settings[name] = kind;
    collect(rest, settings);
  }
}

/**
 * Checks that a space names settings of the estimator and offers plain values for them.
 * Throws `invalid-space` naming the parameter.
 */
export function checkSettings(estimator: Estimator<object>, space: Space): void {
  flattenSpace(space);
  visit(space, "", new Set(), estimator);
}

function visit(space: Space, prefix: string, outer: ReadonlySet<string>, estimator: Estimator<object>): void {
  const known = Object.keys(estimator.params);
  for (const [name, node] of Object.entries(space)) {
    const path = prefix + name;
    if (!known.includes(name)) {
      refuse(path, `expected a setting of ${estimator.name} (${known.map(show).join(", ")})`, show(name));
    }
    if (outer.has(name)) refuse(path, "expected every setting once", "it inside a branch and outside");
    if (typeof node !== "object" || node === null) continue;
    if (node.kind === "choice") {
      const { values, labels } = node as ChoiceParam<unknown>;
      const odd = values.find((value, i) => !Object.is(value, labels[i]));
      if (odd !== undefined) refuse(path, "expected strings, numbers, booleans or null as choices", show(odd));
    } else if (node.kind === "branch") {
      const seen = new Set([...outer, ...Object.keys(space)]);
      for (const [label, branch] of Object.entries(node.branches as Record<string, Space>)) {
        visit(branch, `${path}.${label}.`, seen, estimator);
      }
    } else if (node.kind !== "float" && node.kind !== "int") {
      refuse(path, "expected float(), int(), choice() or a constant", "a nested space");
    }
  }
}

function refuse(name: string, expected: string, got: string): never {
  throw new VernierError("invalid-space", `"${name}": ${expected}, got ${got}`);
}
