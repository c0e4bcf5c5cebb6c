import { digestOf, type Results } from "./digest.ts";
import { metricResults } from "./metrics.ts";
import { modelResults } from "./models.ts";
import { preprocessingResults } from "./preprocessing.ts";
import { pruningResults } from "./pruning.ts";
import { samplerResults } from "./samplers.ts";
import { selectionResults } from "./selection.ts";
import { storageResults } from "./storage.ts";

const sections: Readonly<Record<string, Results>> = {
  samplers: samplerResults,
  pruning: pruningResults,
  storage: storageResults,
  models: modelResults,
  preprocessing: preprocessingResults,
  metrics: metricResults,
  selection: selectionResults,
};

/** The digests of all that the package computes, by name, as JSON with a line each; for what throws, the error. */
export async function digests(): Promise<string> {
  const found: Record<string, string> = {};
  for (const [section, results] of Object.entries(sections)) {
    for (const [name, compute] of Object.entries(results)) {
      found[`${section}: ${name}`] = await Promise.resolve().then(compute).then(digestOf).catch(String);
    }
  }
  return `${JSON.stringify(found, null, 2)}\n`;
}
