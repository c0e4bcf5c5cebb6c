import { describe, expect, test } from "vitest";
import type { Checkpoints } from "../../src/storages/checkpoints.ts";
import { checkpointsCases } from "./checkpoints-cases.ts";

/** Checkpoints opened as often as a case asks. */
export interface SharedCheckpoints {
  open(): Checkpoints;
  dispose?(): void | Promise<void>;
}

/**
 * What all checkpoints must do. `make` makes those of one case, with nothing in them.
 *
 *     checkpointsConformance("memoryCheckpoints", () => {
 *       const kept = memoryCheckpoints();
 *       return { open: () => kept };
 *     });
 */
export function checkpointsConformance(name: string, make: () => SharedCheckpoints | Promise<SharedCheckpoints>): void {
  describe(`${name} keeps the contract of checkpoints`, () => {
    test.each(Object.entries(checkpointsCases))("%s", async (_, run) => {
      const made = await make();
      try {
        await expect(run(() => made.open())).resolves.toBeUndefined();
      } finally {
        await made.dispose?.();
      }
    });
  });
}
