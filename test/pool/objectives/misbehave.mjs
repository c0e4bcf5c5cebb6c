// Ways to end a worker, or to leave something behind in it; `params.behavior` picks one.
import { defaultCore } from "../../../build/js/wasm/default-core.js";

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
let count = 0;
let coreBefore;
let told = [];

const behaviors = {
  fine: ({ x }) => x,
  count: () => ++count,
  nap: async ({ x, milliseconds }) => {
    await sleep(milliseconds);
    return x;
  },
  exit: ({ code }, trial) => {
    trial.report(0.5, 0);
    trial.report(0.25, 1);
    process.exit(code);
  },
  uncaught: async () => {
    setTimeout(() => {
      throw new RangeError("lost in a timer");
    }, 5);
    await sleep(60_000);
  },
  unhandled: async () => {
    Promise.reject(new SyntaxError("nobody caught this"));
    await sleep(60_000);
  },
  hoard: () => {
    const hoard = [];
    for (;;) hoard.push({ index: hoard.length, text: `entry ${hoard.length}` });
  },
  spin: () => {
    for (;;);
  },
  spinAfterReports: (_, trial) => {
    for (let step = 0; ; step++) if (step % 1e6 === 0) trial.report(step / 1e6, step / 1e6);
  },
  trap: () => {
    coreBefore = defaultCore();
    coreBefore.scope(() => coreBefore.exports.randomUniforms(0, 0, 0, 0, 0, 1, -8));
  },
  coreChanged: () => (defaultCore() === coreBefore ? 0 : 1),
  coreImports: () => WebAssembly.Module.imports(defaultCore().module).length,
  haunt: (_, trial) => {
    setTimeout(async () => {
      trial.report(666, 0);
      trial.setUserAttr("ghost", true);
      told = [await trial.shouldPrune()];
    }, 10);
    return 0;
  },
  haunted: async () => {
    await sleep(40);
    return told[0] === true ? 1 : 0;
  },
  mutate: async (_, trial) => {
    const attr = { phase: "as said" };
    trial.setUserAttr("attr", attr);
    attr.phase = "changed";
    return 0;
  },
  badAttr: (_, trial) => {
    trial.setUserAttr("attr", { toJSON: () => "looks like JSON" });
    return 0;
  },
  badFailure: () => {
    throw Object.assign(new Error("strange"), { message: () => {} });
  },
};

export default (params, trial) => behaviors[params.behavior](params, trial);
