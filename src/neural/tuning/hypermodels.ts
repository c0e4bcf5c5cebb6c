import { expectOneOf } from "../../core/errors.ts";
import { cnn } from "../networks/cnn.ts";
import type { Hypermodel } from "../networks/hypermodel.ts";
import { mlp } from "../networks/mlp.ts";
import { rnn } from "../networks/rnn.ts";
import { transformer } from "../networks/transformer.ts";

const makers: Readonly<Record<string, () => Hypermodel>> = { cnn, mlp, rnn, transformer };

/** The hypermodel of that name; throws "invalid-argument" for any other. */
export function hypermodelNamed(name: string): Hypermodel {
  return (makers[expectOneOf("network", name, Object.keys(makers))] as () => Hypermodel)();
}
