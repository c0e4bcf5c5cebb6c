import { VernierError } from "../../core/errors.ts";
import type { Label } from "../../core/labels.ts";
import type { NetworkShape } from "../networks/hypermodel.ts";

/** What TensorFlow.js's formats have no place for: they keep it in their `userDefinedMetadata`, as `vernier`. */
export interface NetworkMetadata {
  readonly shape: NetworkShape;
  readonly classes: readonly Label[] | null;
}

/** A model's metadata with that of the network added. */
export function withMetadata(others: object | undefined, { shape, classes }: NetworkMetadata): Record<string, object> {
  return { ...others, vernier: { shape, classes } };
}

/** Reads what `withMetadata` wrote; throws "invalid-data" that says what is missing, `place` being where it was looked for. */
export function readMetadata(metadata: object | undefined, place: string): NetworkMetadata {
  const { vernier } = (metadata ?? {}) as { readonly vernier?: Partial<NetworkMetadata> };
  const missing = (what: string): VernierError => {
    const message = `"${place}": expected a network that saveTo kept, got a model without userDefinedMetadata.${what}`;
    return new VernierError("invalid-data", message);
  };
  if (vernier === undefined) throw missing("vernier");
  const { shape, classes } = vernier;
  if (shape?.input?.kind === undefined || !(shape.outputs >= 1) || shape.task === undefined) {
    throw missing("vernier.shape");
  }
  const fits = shape.task === "classification" ? classes?.length === shape.outputs : classes === null;
  if (classes === undefined || !fits) throw missing("vernier.classes");
  return { shape, classes };
}
