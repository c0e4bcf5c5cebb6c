import { expectOneOf } from "../../core/errors.ts";
import { cnn } from "../cnn.ts";
import type { Hypermodel } from "../hypermodel.ts";
import { mlp } from "../mlp.ts";
import { rnn } from "../rnn.ts";
import { transformer } from "../transformer.ts";

const makers: Readonly<Record<string, () => Hypermodel>> = { cnn, mlp, rnn, transformer };

/** The hypermodel of that name; throws "invalid-argument" for any other. */
export function hypermodelNamed(name: string): Hypermodel {
  return (makers[expectOneOf("network", name, Object.keys(makers))] as () => Hypermodel)();
}
