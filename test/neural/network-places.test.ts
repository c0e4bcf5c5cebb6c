import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserNames, browserPath, openBrowser } from "../support/browsers.ts";
import { type FileServer, serveFiles } from "../support/file-server.ts";
import { needs } from "../support/needs.ts";
import { root, runProgram } from "../support/program.ts";
import { bun, deno, runIn, thisNode } from "../support/runtimes.ts";

const kept = { same: true, sameShape: true, grown: 0 };
const bothKept = { mlp: kept, transformer: kept };
const noMetadata = (name: string, what: string): unknown =>
  expect.stringMatching(
    `^invalid-data: ".*${name}": expected a network that saveTo kept, got a model without userDefinedMetadata.${what}$`,
  );

describe("networks in folders", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vernier-networks-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  for (const runtime of [thisNode, deno, bun]) {
    needs(runtime.command)(`in ${runtime.name}`, () => {
      test("answer with the same bits when they are loaded, in tfjs-node's form; what is none is refused", async () => {
        const own = await mkdtemp(join(folder, "runtime-"));
        const permissions = runtime === deno ? ["--allow-all"] : [];
        const { code, stdout, stderr } = await runIn(runtime, [...permissions, "test/programs/neural-files.mjs", own]);
        if (code !== 0) throw new Error(stderr);
        const { paths, urls, answers, refusals, files, manifest, format } = JSON.parse(stdout);
        expect({ paths, urls }).toEqual({ paths: bothKept, urls: bothKept });
        expect({ files, manifest, format }).toEqual({
          files: ["model.json", "weights.bin"],
          manifest: [["weights.bin"]],
          format: "layers-model",
        });
        expect(answers[0]).toHaveLength(120);
        expect(answers.slice(1)).toEqual([answers[0], answers[0]]);
        expect(refusals).toEqual({
          missing: expect.stringMatching(/^storage-failed: ".*missing": expected a saved network, got .*model\.json/),
          weightless: expect.stringMatching(/^storage-failed: ".*weightless": .*weights\.bin/),
          foreign: noMetadata("foreign", "vernier"),
          shapeless: noMetadata("shapeless", "vernier.shape"),
          classless: noMetadata("classless", "vernier.classes"),
          "s3://bucket/net": expect.stringMatching(/^invalid-argument: "location": .*, got "s3:\/\/bucket\/net"$/),
          "indexeddb://net": expect.stringMatching(/^unsupported: .*expected a runtime with IndexedDB/),
          "": expect.stringMatching(/^invalid-argument: "location": expected a folder's path, .*, got ""$/),
          http: expect.stringMatching(/^unsupported: .*expected a place to write to, got one that is only read$/),
          unreachable: expect.stringMatching(
            /^storage-failed: "http:.*": expected a saved network, got (?!Cannot read)/,
          ),
          file: expect.stringMatching(/^storage-failed: ".*weights\.bin": expected a place to keep a network in, got /),
        });
      });
    });
  }

  test("are read by TensorFlow.js alone, and by loadNetwork, where they are served", async () => {
    const own = await mkdtemp(join(folder, "served-"));
    const { stdout, stderr } = await runProgram("test/programs/neural-files.mjs", [own]);
    if (stdout === "") throw new Error(stderr);
    const { inputs, logits } = JSON.parse(stdout) as { readonly inputs: number[][]; readonly logits: number[][] };
    const server = await serveFiles({ folder: own });
    try {
      const url = `${server.origin}/mlp/kept%20here/model.json`;
      await writeFile(join(own, "task.json"), JSON.stringify({ url, inputs }));
      const stock = await runProgram("test/programs/stock-network.mjs", [join(own, "task.json")]);
      if (stock.code !== 0) throw new Error(stock.stderr);
      const found = JSON.parse(stock.stdout) as number[][];
      // Another backend rounds otherwise.
      expect(found.flat().length).toBe(120);
      for (const [i, logit] of logits.flat().entries()) expect(found.flat()[i]).toBeCloseTo(logit, 4);

      const { loadBackend, loadNetwork } = await import("../../src/neural.ts");
      const backend = await loadBackend("wasm");
      const network = await loadNetwork(new URL(url), backend);
      const predicted = await network.predict(inputs);
      const likely = logits.map((row) => network.classes?.[row.indexOf(Math.max(...row))]);
      expect(predicted).toEqual(likely);
      network.dispose();
    } finally {
      await server.close();
    }
  });
});

const script = `
  import * as neural from "vernier/neural";
  import { codeOf, keptAndRead, trainedNetworks } from "./test/programs/neural-places.mjs";
  const wasmPath = "/node_modules/@tensorflow/tfjs-backend-wasm/dist/";
  async function seen(place) {
    const networks = await trainedNetworks(neural, { wasmPath });
    const { backend, mlp } = networks;
    return {
      kept: await keptAndRead(neural, networks, (name) => "indexeddb://" + place + name),
      missing: await codeOf(() => neural.loadNetwork("indexeddb://missing", backend)),
      folder: await codeOf(() => mlp.model.saveTo("folder")),
    };
  }
`;

async function bundle(contents: string, outfile: string): Promise<void> {
  await build({
    stdin: { contents: script + contents, resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "browser",
    logLevel: "error",
    outfile: join(root, "build/neural-places-test", outfile),
  });
}

const page = `<!doctype html><script type="module" src="/build/neural-places-test/page.js"></script>`;

describe("networks in IndexedDB", () => {
  let server: FileServer;
  beforeAll(async () => {
    await bundle(`postMessage(await seen("worker-"));`, "worker.js");
    await bundle(
      `const worker = new Worker("/build/neural-places-test/worker.js", { type: "module" });
       window.inWorker = new Promise((resolve, reject) => {
         worker.onmessage = ({ data }) => resolve(data);
         worker.onerror = ({ message }) => reject(new Error(message));
       });
       window.onPage = seen("page-");`,
      "page.js",
    );
    server = await serveFiles({ pages: { "/": page } });
  });
  afterAll(() => server?.close());

  for (const name of browserNames) {
    needs(browserPath(name))(`in ${name}`, () => {
      test("answer with the same bits when they are loaded, on the page and in a worker", async () => {
        const { browser, close } = await openBrowser(name);
        try {
          const tab = await browser.newPage();
          await tab.goto(`${server.origin}/`);
          await tab.waitForFunction("window.onPage !== undefined");
          const expected = {
            kept: bothKept,
            missing: expect.stringMatching(/^storage-failed: "indexeddb:\/\/missing": expected a saved network, got /),
            folder: 'unsupported: "folder": expected a runtime with files, got one without',
          };
          expect(await tab.evaluate("window.onPage")).toEqual(expected);
          expect(await tab.evaluate("window.inWorker")).toEqual(expected);
        } finally {
          await close();
        }
      });
    });
  }
});
