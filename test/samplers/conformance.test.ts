import { asha, rungParams } from "../../src/samplers/asha.ts";
import { auto } from "../../src/samplers/auto.ts";
import { bruteForce } from "../../src/samplers/brute-force.ts";
import { cmaes } from "../../src/samplers/cmaes.ts";
import { evolution } from "../../src/samplers/evolution.ts";
import { gp } from "../../src/samplers/gp.ts";
import { grid } from "../../src/samplers/grid.ts";
import { nsga2 } from "../../src/samplers/nsga2.ts";
import { nsga3 } from "../../src/samplers/nsga3.ts";
import { partialFixed } from "../../src/samplers/partial-fixed.ts";
import { qmc } from "../../src/samplers/qmc.ts";
import { highestRung } from "../../src/samplers/highest-rung.ts";
import { random } from "../../src/samplers/random.ts";
import { tpe } from "../../src/samplers/tpe.ts";
import { samplerConformance } from "../conformance/sampler.ts";

samplerConformance("random", random, { digest: "32ea40f923c3180632470fb99a2ccfc6a4d8f5fc68ebc56ae004982efc79b450" });
samplerConformance("grid", grid, {
  digest: "85bd13088931c1118f90219d7091f87091a832665b8469523155c57f5aa9a653",
  discrete: true,
});
samplerConformance("tpe", tpe, { digest: "a22583d069e578557faad527f31e3e9befd35ff456c98f2451f37b1b5cd96fcc" });
samplerConformance("tpe, grouped", () => tpe({ group: true }), {
  digest: "59ac6032b7246314baa35f482c7a013164e66762be68841793492753a189af95",
});
samplerConformance("tpe, one by one", () => tpe({ multivariate: false }), {
  digest: "3d08cce2a5d8dcd081155ceda2138bd8f9857d1eae803d314ee0bb4d5b00968a",
});
samplerConformance("qmc", qmc, { digest: "ae718070c93efec18883d6c982172f30cab6122f5e33a7bb6177676355b6e74d" });
samplerConformance("qmc, Halton", () => qmc({ type: "halton" }), {
  digest: "ba1069dc9fcb16951e267761fece783837a4ff85928fb4d8b4e665721df0a979",
});
samplerConformance("highestRung of tpe", () => highestRung(tpe()), {
  digest: "f06c9ecfe56c55679d454d606dfc208449766476cb41c891f17bfa7a72429382",
});
samplerConformance("bruteForce", bruteForce, {
  digest: "af6d77e56cbf32f3f4e65119d67f9dc8a280967f434fe26414d4722f29e5bf60",
  discrete: true,
});
samplerConformance("partialFixed", () => partialFixed({ act: "tanh", model: "trees" }, tpe()), {
  digest: "12c42743d60fcaf719ca388e93775a98382b83a132072286cadebf731088c58c",
});
samplerConformance("evolution", () => evolution({ population: 8, tournament: 3 }), {
  digest: "4b1c936aa5b1da59ea338b37022b6001e7a71688d74741acff81d2a1e1e35956",
});
samplerConformance("auto", auto, {
  digest: "51217dcecb7f7f925b97869ab36600c3419beea4a8cf26ccc665c023e94529f2",
  ends: true,
});
samplerConformance("gp", gp, { digest: "51217dcecb7f7f925b97869ab36600c3419beea4a8cf26ccc665c023e94529f2" });
samplerConformance("gp, radial", () => gp({ kernel: "matern52", warp: false, acquisition: "logPI" }), {
  digest: "ce00d3e6f8a2b70944b7e84e76b10ad92fe97c983094e06e83cc5446a41ddb28",
});
samplerConformance("gp, noisy", () => gp({ acquisition: "logNEI", kernel: "rbf", warp: false }), {
  digest: "4cb4a0fbceaf106dd1913db051d625216c18734978d7daeac86a42c69250dbbd",
});
samplerConformance("gp, ensemble", () => gp({ acquisition: "ensemble" }), {
  digest: "20384c18644671c27ed5c74921a1de8fd09d2f410ce22693817c99920dc195a1",
});
samplerConformance("gp, two objectives", gp, {
  digest: "467c5127448797a15f261e63d1e9e6909364b01aaa5c3768b92043a72dffab63",
  objectives: 2,
});
samplerConformance("gp, radial, three objectives", () => gp({ kernel: "matern52" }), {
  digest: "d947cd59d88e5873b7a635a7b8b59e709e59be924f0ec5c8c682ef10de3c0a4b",
  objectives: 3,
});
samplerConformance("cmaes", cmaes, { digest: "db7ef56a74c70c2e11184fb4f6abecdea19b72a8be6a04bebc99a6cf906d30f1" });
samplerConformance(
  "cmaes, full, with startup trials and learning rate adaptation",
  () => cmaes({ separable: false, startup: 5, learningRateAdaptation: true, population: 6 }),
  { digest: "817fbfd7100cf462ba4d134adecf18191460d7c250731465230d464b5367b13d" },
);
samplerConformance(
  "cmaes, separable, without margin",
  () => cmaes({ separable: true, margin: false, restarts: "ipop" }),
  {
    digest: "d5a18075cfda9a50ec375841fc043af5f6964009f257012028204994da81ff83",
  },
);
samplerConformance("nsga2", () => nsga2({ population: 8 }), {
  digest: "c03d6068fa9afe52c391f6139e7d068b905af2413aa58aa0a178131bf8c1e9be",
});
samplerConformance("nsga2, simulated binary crossover", () => nsga2({ population: 8, crossover: "sbx" }), {
  digest: "f87e89100f1b81b8eb4f152f49a3a6e58097f4df06b0b4f4a398257a8df9f97e",
});
samplerConformance("nsga2, unimodal normal crossover", () => nsga2({ population: 8, crossover: "undx" }), {
  digest: "6dba3e72a39ce8aa5d0a37cd04976fb93a06b94f4a4c5eccf425c5b2212ff834",
});
samplerConformance("nsga3", () => nsga3({ population: 8, crossover: "spx" }), {
  digest: "bac40eae9bba3c9989bf336417fe8bc6116074d76f896028f2e837852aa0e4f7",
});
samplerConformance("asha of tpe", () => asha({ maxResource: 9, sampler: tpe({ nStartupTrials: 5 }) }), {
  digest: "e6ceac1e003b953864eb325d2721ee14cda9b55ef398853a9bc6d0ebfe9398f9",
  within: (space) => ({ ...space, ...rungParams({ maxResource: 9 }) }),
});
