// Prints what neural-training.mjs finds in the runtime that runs it, on the built package.
import * as neural from "vernier/neural";
import { trainAll } from "./neural-training.mjs";

const handlers = () =>
  ["uncaughtException", "unhandledRejection"].map((event) => globalThis.process.listenerCount(event));
const before = handlers();
const mine = () => {};
globalThis.process.on("unhandledRejection", mine);
const nowhere = await neural.loadBackend("wasm", { wasmPath: "/nowhere" }).then(String, ({ code }) => code);
const trained = await trainAll(neural);
globalThis.process.removeListener("unhandledRejection", mine);
const codes = [nowhere];
for (const call of [
  () => neural.loadBackend("tpu"),
  () => neural.loadBackend("webgpu"),
  () => neural.loadBackend("wasm", { wasmPath: 7 }),
]) {
  codes.push(await call().then(String, (error) => `${error.code}: ${error.message}`));
}
const { name } = await neural.loadBackend();
console.log(JSON.stringify({ trained, handlers: [before, handlers()], codes, auto: name }));
