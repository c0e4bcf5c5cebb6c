import { describe, expect, test } from "vitest";
import { crc32 } from "../../src/core/crc32.ts";
import { loadModel, svc } from "../../src/models/index.ts";
import { packModel, unpackModel } from "../../src/models/model-file.ts";

const contents = {
  name: "thing",
  settings: { C: 0.1, label: "é", list: [1, 2] },
  arrays: {
    a: Float64Array.of(1.5, -0, Number.NaN),
    none: new Int32Array(0),
    b: Uint8Array.of(1, 2, 3),
    c: Int32Array.of(-7),
  },
};

describe("model files", () => {
  test("read back what was written, from any place in memory", () => {
    const file = packModel(contents);
    expect(unpackModel(file)).toEqual(contents);
    const shifted = new Uint8Array(file.byteLength + 3);
    shifted.set(new Uint8Array(file), 3);
    expect(unpackModel(shifted.subarray(3))).toEqual(contents);
    expect(new TextDecoder().decode(new Uint8Array(file, 0, 4))).toBe("VRNM");
  });

  test("a file that was cut, changed or never was one is refused", () => {
    const file = new Uint8Array(packModel(contents));
    expect(() => unpackModel(file.slice(0, 40))).toThrow(
      "expected a whole model file, got one that was cut or changed",
    );
    for (const at of [12, 30, file.length - 1]) {
      const changed = file.slice();
      changed[at] = (changed[at] as number) ^ 4;
      expect(() => unpackModel(changed)).toThrow("one that was cut or changed");
    }
    expect(() => unpackModel(new Uint8Array(200))).toThrow("model file: expected a buffer that a model's save() made");
    expect(() => unpackModel("VRNM" as never)).toThrow('model file: expected an ArrayBuffer or Uint8Array, got "VRNM"');
    const later = file.slice();
    later[4] = 9;
    expect(() => unpackModel(later)).toThrow("model file: expected a model file of version 1, got version 9");
  });

  test("a model that is not known is refused by name", () => {
    expect(() => loadModel(packModel(contents))).toThrow('got "thing"');
    expect(() => loadModel(packModel({ ...contents, name: "toString" }))).toThrow('got "toString"');
  });

  test("the bytes of a model are pinned", () => {
    const X = [[0], [1], [2], [3]];
    const file = svc({ kernel: "linear" }).fit(X, ["a", "a", "b", "b"]).save();
    expect(crc32(new Uint8Array(file))).toBe(1132136941);
  });
});
