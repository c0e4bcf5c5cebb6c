import {
  groupKFold,
  groupShuffleSplit,
  kFold,
  leaveOneGroupOut,
  leaveOneOut,
  leavePGroupsOut,
  leavePOut,
  predefinedSplit,
  repeatedKFold,
  repeatedStratifiedKFold,
  shuffleSplit,
  stratifiedGroupKFold,
  stratifiedKFold,
  stratifiedShuffleSplit,
  timeSeriesSplit,
} from "../../src/selection.ts";
import { splitterConformance } from "../conformance/splitter.ts";

const splits = 3;
const shuffle = true;

splitterConformance("kFold", () => kFold({ splits }), { testedTimes: 1 });
splitterConformance("shuffled kFold", ({ seed }) => kFold({ splits, shuffle, seed }), { testedTimes: 1, random: true });
splitterConformance("stratifiedKFold", () => stratifiedKFold({ splits }), { testedTimes: 1, stratified: true });
splitterConformance("shuffled stratifiedKFold", ({ seed }) => stratifiedKFold({ splits, shuffle, seed }), {
  testedTimes: 1,
  stratified: true,
  random: true,
});
splitterConformance("repeatedKFold", ({ seed }) => repeatedKFold({ splits, repeats: 4, seed }), {
  testedTimes: 4,
  random: true,
});
splitterConformance("repeatedStratifiedKFold", ({ seed }) => repeatedStratifiedKFold({ splits, repeats: 2, seed }), {
  testedTimes: 2,
  stratified: true,
  random: true,
});
splitterConformance("groupKFold", ({ groups }) => groupKFold({ groups, splits }), { testedTimes: 1, grouped: true });
splitterConformance("shuffled groupKFold", ({ groups, seed }) => groupKFold({ groups, splits, shuffle, seed }), {
  testedTimes: 1,
  grouped: true,
  random: true,
});
splitterConformance("stratifiedGroupKFold", ({ groups }) => stratifiedGroupKFold({ groups, splits }), {
  testedTimes: 1,
  grouped: true,
  stratified: true,
});
splitterConformance(
  "shuffled stratifiedGroupKFold",
  ({ groups, seed }) => stratifiedGroupKFold({ groups, splits, shuffle, seed }),
  { testedTimes: 1, grouped: true, stratified: true, random: true },
);
splitterConformance("shuffleSplit", ({ seed }) => shuffleSplit({ splits, testSize: 0.3, seed }), { random: true });
splitterConformance(
  "shuffleSplit that leaves samples out",
  ({ seed }) => shuffleSplit({ splits, testSize: 2, trainSize: 0.5, seed }),
  { random: true, complete: false },
);
splitterConformance("groupShuffleSplit", ({ groups, seed }) => groupShuffleSplit({ groups, splits, seed }), {
  grouped: true,
  random: true,
});
splitterConformance("stratifiedShuffleSplit", ({ seed }) => stratifiedShuffleSplit({ splits, testSize: 0.5, seed }), {
  stratified: true,
  random: true,
});
splitterConformance("leaveOneOut", () => leaveOneOut(), { testedTimes: 1 });
splitterConformance("leavePOut", () => leavePOut({ p: 2 }), { numRuns: 10 });
splitterConformance("leaveOneGroupOut", ({ groups }) => leaveOneGroupOut({ groups }), {
  testedTimes: 1,
  grouped: true,
});
splitterConformance("leavePGroupsOut", ({ groups }) => leavePGroupsOut({ groups, p: 2 }), { grouped: true });
splitterConformance("timeSeriesSplit", () => timeSeriesSplit({ splits, maxTrainSize: 4 }), { complete: false });
splitterConformance("predefinedSplit", ({ groups }) => predefinedSplit({ testFold: groups as number[] }), {
  testedTimes: 1,
  grouped: true,
});
