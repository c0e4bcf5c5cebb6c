import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sha256Hex } from "../../src/wasm/sha256.ts";
import { cores } from "../support/cores.ts";

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe.each(cores)("sha256, $build build", ({ core }) => {
  // The examples published with FIPS 180.
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    [
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
    ],
  ])("of %j", (text, digest) => {
    expect(sha256Hex(core, ascii(text))).toBe(digest);
  });

  test("of a million times a", () => {
    expect(sha256Hex(core, new Uint8Array(1000000).fill(0x61))).toBe(
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
    );
  });

  test("agrees with another implementation at every length up to 200", () => {
    for (let length = 0; length <= 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
      expect(sha256Hex(core, bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });

  test("reads a view from its own offset", () => {
    expect(sha256Hex(core, ascii("xxabcxx").subarray(2, 5))).toBe(sha256Hex(core, ascii("abc")));
  });
});
