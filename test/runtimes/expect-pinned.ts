import { expect } from "vitest";

/** Compares what a runtime found, as text, with the digests that are pinned; a difference is shown by name. */
export async function expectPinned(digests: unknown): Promise<void> {
  await expect(digests).toMatchFileSnapshot("../vectors/runtime-digests.json");
}
