// Support vector classification, training and prediction together, against libsvm-js (LIBSVM compiled to
// WebAssembly) with the same settings, and against ml-svm (plain JavaScript, two classes only).
// Run after a build: node bench/run.mjs svm
import { createRequire } from "node:module";
import { digits } from "../build/js/datasets/digits.js";
import { iris } from "../build/js/datasets/iris.js";
import { svc } from "../build/js/models/svm/svc.js";
import { median } from "./timing/medians.mjs";

const ROUNDS = 7;
const require = createRequire(import.meta.url);

/** One row in five is for testing; classes as whole numbers. */
function split({ X, y }, keep = () => true) {
  const classes = [...new Set(y)];
  const sides = [
    { rows: [], labels: [] },
    { rows: [], labels: [] },
  ];
  y.forEach((label, i) => {
    if (!keep(label)) return;
    const side = sides[i % 5 === 0 ? 1 : 0];
    side.rows.push(Array.from(X.data.subarray(i * X.cols, (i + 1) * X.cols)));
    side.labels.push(classes.indexOf(label));
  });
  const table = ({ rows, labels }) => ({
    rows,
    labels,
    X: { data: Float64Array.from(rows.flat()), rows: rows.length, cols: X.cols },
  });
  return { train: table(sides[0]), test: table(sides[1]) };
}

const hits = (predicted, { labels }) => predicted.filter((label, i) => label === labels[i]).length;

/** A table that has not been seen, so that nothing kept by an earlier fit helps. */
const fresh = ({ X, labels }) => [{ ...X, data: X.data.slice() }, labels];

function ours(params, { train, test }, table = fresh) {
  return () =>
    hits(
      svc(params)
        .fit(...table(train))
        .predict(test.X),
      test,
    );
}

function libsvm(LibSvm, { kernel, C, gamma }, { train, test }) {
  const { LINEAR, RBF } = LibSvm.KERNEL_TYPES;
  return () => {
    const machine = new LibSvm({
      type: LibSvm.SVM_TYPES.C_SVC,
      kernel: kernel === "linear" ? LINEAR : RBF,
      cost: C,
      gamma,
      tolerance: 1e-3,
      cacheSize: 200,
      quiet: true,
    });
    machine.train(train.rows, train.labels);
    const count = hits(machine.predict(test.rows), test);
    machine.free();
    return count;
  };
}

function mlSvm({ kernel, C, gamma }, { train, test }) {
  const MlSvm = require("ml-svm");
  const [first] = train.labels;
  const sign = (labels) => labels.map((label) => (label === first ? 1 : -1));
  const [y, expected] = [sign(train.labels), { labels: sign(test.labels) }];
  return () => {
    // Its default tolerances, fixed random numbers; sigma = sqrt(1 / (2 gamma)).
    let state = 1;
    const random = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const options = { C, kernel: kernel === "linear" ? "linear" : "rbf", whitening: false, random };
    const machine = new MlSvm({ ...options, kernelOptions: { sigma: Math.sqrt(1 / (2 * gamma)) } });
    machine.train(train.rows, y);
    return hits(machine.predict(test.rows), expected);
  };
}

function time(body) {
  const start = performance.now();
  const result = body();
  return { result, ms: performance.now() - start };
}

/** Medians over rounds in which the two take turns, so that a slow spell of the machine hits both. */
function compare(name, mine, theirs, total) {
  const times = [[], []];
  const results = [];
  for (let round = -1; round < ROUNDS; round++) {
    for (const [i, body] of [mine, theirs].entries()) {
      const { result, ms } = time(body);
      results[i] = result;
      if (round >= 0) times[i].push(ms);
    }
  }
  const [a, b] = times.map(median);
  const right = results[0] === results[1] ? `${results[0]}` : `${results[0]} and ${results[1]}`;
  return {
    name,
    ratio: b / a,
    unit: "x",
    note: `${a.toPrecision(3)} ms against ${b.toPrecision(3)} ms; ${right} of ${total} right`,
  };
}

/** libsvm-js reports on stderr that it falls back to another way of loading its module; that is expected. */
async function loadLibSvm() {
  const { error, warn } = console;
  console.error = console.warn = () => {};
  try {
    return await require("libsvm-js");
  } finally {
    console.error = error;
    console.warn = warn;
  }
}

/** Rows {name, ratio, unit, note}: how many times as fast Vernier is. */
export async function run() {
  const LibSvm = await loadLibSvm();
  const tables = {
    "iris (120 x 4, 3 classes)": split(iris()),
    "digits (1437 x 64, 10 classes)": split(digits()),
  };
  const settings = { linear: { kernel: "linear", C: 1, gamma: 0.25 }, rbf: { kernel: "rbf", C: 10, gamma: 0.001 } };
  const rows = [];
  for (const [table, data] of Object.entries(tables)) {
    const count = data.test.labels.length;
    for (const [kernel, params] of Object.entries(settings)) {
      rows.push(compare(`${kernel}, ${table} / libsvm-js`, ours(params, data), libsvm(LibSvm, params, data), count));
    }
  }
  const whole = tables["digits (1437 x 64, 10 classes)"];
  const narrow = { kernel: "rbf", C: 0.5, gamma: 1 };
  rows.push(
    compare(
      "rbf of gamma 1 (every row a support vector), digits / libsvm-js",
      ours(narrow, whole),
      libsvm(LibSvm, narrow, whole),
      whole.test.labels.length,
    ),
  );
  const again = ours(settings.rbf, whole, ({ X, labels }) => [X, labels]);
  rows.push(compare("rbf, digits once more / first time", again, ours(settings.rbf, whole), whole.test.labels.length));
  const pairs = {
    "iris (80 x 4, 2 classes)": split(iris(), (label) => label !== "setosa"),
    "digits 3 and 8 (2 classes)": split(digits(), (label) => label === 3 || label === 8),
  };
  for (const [table, data] of Object.entries(pairs)) {
    const count = data.test.labels.length;
    for (const [kernel, params] of Object.entries(settings)) {
      rows.push(compare(`${kernel}, ${table} / ml-svm`, ours(params, data), mlSvm(params, data), count));
    }
  }
  return rows;
}
