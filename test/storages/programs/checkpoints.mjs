// Checkpoints in files, as a program of any runtime sees them. Bundled by the test, the package left outside.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { memoryCheckpoints } from "vernier";
import { fileCheckpoints } from "vernier/storage/journal";
import { runCases } from "../../conformance/checkpoints-cases.ts";
import { checkpointStudies } from "../../support/checkpoint-studies.mjs";

const folder = mkdtempSync(join(tmpdir(), "vernier-checkpoints-"));
let made = 0;
const path = () => join(folder, String(made++));
const objective = pathToFileURL("test/pool/objectives/checkpoints.mjs");

const failures = await runCases(() => {
  const place = path();
  return () => fileCheckpoints(place);
});
const inFiles = await checkpointStudies(objective, () => fileCheckpoints(path()));
const inMemory = await checkpointStudies(objective, memoryCheckpoints);
rmSync(folder, { recursive: true });
console.log(JSON.stringify({ failures, inFiles, inMemory }));
