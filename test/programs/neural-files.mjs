// Keeps trained networks in folders and reads them again, in the runtime that runs it. Argument: an empty folder.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as neural from "vernier/neural";
import { codeOf, keptAndRead, trainedNetworks } from "./neural-places.mjs";

const folder = process.argv[2];
const networks = await trainedNetworks(neural);
const inFolder = (name) => join(folder, name, "kept here");
const byUrl = (name) => pathToFileURL(inFolder(name));
const paths = await keptAndRead(neural, networks, inFolder);
const urls = await keptAndRead(neural, networks, byUrl, (name) => `${byUrl(name)}/model.json`);

// The same with the weights in three files, as converters write them.
const model = JSON.parse(readFileSync(join(inFolder("mlp"), "model.json"), "utf8"));
const weights = readFileSync(join(inFolder("mlp"), "weights.bin"));
const write = (name, json, files = {}) => {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "model.json"), JSON.stringify(json));
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, name, file), bytes);
};
const parts = { a: weights.subarray(0, 10), b: weights.subarray(10, 15), c: weights.subarray(15) };
write("parts", { ...model, weightsManifest: [{ ...model.weightsManifest[0], paths: ["a", "b", "c"] }] }, parts);
const whole = await neural.loadNetwork(inFolder("mlp"), networks.backend);
const joined = await neural.loadNetwork(join(folder, "parts"), networks.backend);
const { X, model: mlp } = networks.mlp;
const answer = async (network) => Array.from((await network.predictProba(X)).data);
const answers = [await answer(mlp), await answer(joined), await answer(whole)];

write("foreign", { ...model, userDefinedMetadata: { own: 1 } }, { "weights.bin": weights });
write("shapeless", { ...model, userDefinedMetadata: { vernier: { classes: null } } }, { "weights.bin": weights });
const { shape } = model.userDefinedMetadata.vernier;
write("classless", { ...model, userDefinedMetadata: { vernier: { shape } } }, { "weights.bin": weights });
write("weightless", model);
const refusals = {};
for (const name of ["missing", "foreign", "shapeless", "classless", "weightless"]) {
  refusals[name] = await codeOf(() => neural.loadNetwork(join(folder, name), networks.backend));
}
for (const place of ["s3://bucket/net", "indexeddb://net", ""]) {
  refusals[place] = await codeOf(() => mlp.saveTo(place));
}
refusals.http = await codeOf(() => mlp.saveTo("http://127.0.0.1:9/model.json"));
refusals.unreachable = await codeOf(() => neural.loadNetwork("http://127.0.0.1:9/model.json", networks.backend));
refusals.file = await codeOf(() => mlp.saveTo(join(inFolder("mlp"), "weights.bin")));

const files = readdirSync(inFolder("mlp")).sort();
const manifest = model.weightsManifest.map(({ paths }) => paths);
const inputs = Array.from({ length: X.rows }, (_, i) => Array.from(X.data.subarray(i * X.cols, (i + 1) * X.cols)));
const logits = await networks.backend.tf.tidy(() => mlp.network.predict(networks.backend.tf.tensor2d(inputs))).array();
console.log(JSON.stringify({ paths, urls, answers, refusals, files, manifest, format: model.format, inputs, logits }));
