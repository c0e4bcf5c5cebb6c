import { hyperband } from "../../src/pruners/hyperband.ts";
import { median } from "../../src/pruners/median.ts";
import { nop } from "../../src/pruners/nop.ts";
import { nonDominatedRank } from "../../src/pruners/non-dominated-rank.ts";
import { patient } from "../../src/pruners/patient.ts";
import { percentile } from "../../src/pruners/percentile.ts";
import { successiveHalving } from "../../src/pruners/successive-halving.ts";
import { threshold } from "../../src/pruners/threshold.ts";
import { wilcoxon } from "../../src/pruners/wilcoxon.ts";
import { prunerConformance } from "../conformance/pruner.ts";

prunerConformance("nop", nop, {
  digest: "a163f26293385a43a71d1d36ca97b6bad2f26a9f32bb8f70879f3f691c53e72f",
  alone: "never",
});
prunerConformance("median", median, {
  digest: "79c8315fdfcf218e2a50d5291588b94044856b78e3b93c6f7d914eccf92a0f57",
  alone: "never",
});
prunerConformance("percentile", () => percentile(25, { startupTrials: 1 }), {
  digest: "c6f720f4c57d1d6f1bc4042424ce807a59f29ef7cfbd095378dede619608edcf",
  alone: "never",
});
prunerConformance("threshold", () => threshold({ lower: -1, upper: 3 }), {
  digest: "ad37df94421900d0054d6c717abcc3e56c426dd17b254380145a688cfafb6b44",
  absolute: true,
});
prunerConformance("patient", () => patient(null, { patience: 2 }), {
  digest: "87a357731f5e183c5b6fc2c94fdf42b427eba476fc9455ab89d12639bc3be06e",
});
prunerConformance("patient median", () => patient(median(), { patience: 2 }), {
  digest: "45ccac5397b8773aef85ad341860b7b0acc50e0331c5314cc327c93fad1bd796",
  alone: "never",
});
prunerConformance("successiveHalving", successiveHalving, {
  digest: "c3b65fdca7163a7e06eb6beb2ce9f95c9ca40b1c5514de56585652e06f4ddb3a",
  alone: "never",
});
prunerConformance("successiveHalving, given steps", () => successiveHalving({ minResource: 1, reductionFactor: 3 }), {
  digest: "2ef825471cd17f221b59ebbf8c2db736ff2da371b8d8d93f5cd8046cc27b99a6",
  alone: "not-finite",
});
prunerConformance("hyperband", hyperband, {
  digest: "bc3566bc48d8eaf22e144aeebbdbe8f6c055e98710cbfbbc6ede8cd93f84b0ef",
  alone: "never",
});
prunerConformance("hyperband, given steps", () => hyperband({ maxResource: 16 }), {
  digest: "8a164ec1297275ba6b4b58cef272c6045d2c7ebb50b315b4c578d3eb67fba56e",
  alone: "not-finite",
});
prunerConformance("wilcoxon", wilcoxon, {
  digest: "18c0b63b78b058419c4a08685e1c62870a15e8f062e8d828e2ec02bd1cbd5143",
  alone: "never",
});
prunerConformance("nonDominatedRank", nonDominatedRank, {
  digest: "52308aa939493314c0469c81f33099a6c14a1c25f3a1f33b521ae5adafe56c0d",
  alone: "never",
});
prunerConformance("nonDominatedRank, two objectives", () => nonDominatedRank({ startupTrials: 2 }), {
  digest: "b2a088769789c958f640d0bd38e4ed0049921de192a0e923e84f203b7bf0b129",
  alone: "never",
  objectives: 2,
});
prunerConformance("nonDominatedRank, three objectives", () => nonDominatedRank({ percentile: 25, intervalSteps: 2 }), {
  digest: "faa93b3e78f3b64edc88f4194d1606f037142e791a58536504be4b8e21913178",
  alone: "never",
  objectives: 3,
});
