import { encodeLabels, type Label, type LabelsLike } from "../core/labels.ts";

/** The rows of each label, rising; labels in order of first appearance. Throws as `encodeLabels` does. */
export function rowsByLabel(y: LabelsLike): Map<Label, number[]> {
  encodeLabels(y);
  const members = new Map<Label, number[]>();
  for (let i = 0; i < y.length; i++) {
    const rows = members.get(y[i] as Label);
    if (rows === undefined) members.set(y[i] as Label, [i]);
    else rows.push(i);
  }
  return members;
}
