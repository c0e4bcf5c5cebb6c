// Prints for each operation how far its value and gradients on WebGPU are from the cpu backend's, or how they are refused.
import { layerNorm, loadBackend, softmaxCrossEntropy } from "vernier/neural";
import { distanceOf, gradientCases, valueAndGradients } from "../support/gradient-cases.ts";

const cases = gradientCases({ layerNorm, softmaxCrossEntropy });
const expected = [];
const { tf } = await loadBackend("cpu");
for (const one of cases) expected.push(await valueAndGradients(tf, one, one.expected ?? one.value));

await loadBackend("webgpu");
const found = {};
for (const [k, one] of cases.entries()) {
  try {
    const arrays = await valueAndGradients(tf, one, one.value);
    found[one.name] = Math.max(...expected[k].map((array, i) => distanceOf(arrays[i], array)));
  } catch (error) {
    found[one.name] = String(error);
  }
}
console.log(JSON.stringify(found));
