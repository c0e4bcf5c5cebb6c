import { expectInteger, expectOneOf } from "../core/errors.ts";
import type { Label, LabelsLike } from "../core/labels.ts";
import { accuracy } from "./accuracy.ts";
import { meanOverClasses, quotient, type Tally, type TallyRatio, tallyClasses } from "./class-average.ts";
import { expectDistinct } from "./confusion-matrix.ts";
import { pairLabels } from "./paired-labels.ts";
import { f1Ratio, precisionRatio, recallRatio } from "./precision-recall.ts";
import { sumOf, type WeightOptions, weightsOf } from "./sample-weight.ts";

/** Precision, recall and F1, of one class or averaged. */
export interface ReportRow {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** The number (or weight) of the samples that are of the class, or of all. */
  readonly support: number;
}

/** What `classificationReport` says; plain data. */
export interface ClassificationReport {
  readonly classes: readonly (ReportRow & { readonly label: Label })[];
  readonly accuracy: number;
  readonly macro: ReportRow;
  readonly weighted: ReportRow;
}

export interface ClassificationReportOptions extends WeightOptions {
  /** The classes in their order, all that occur among them; default those that occur, sorted. */
  readonly labels?: readonly Label[];
  /** What 0 / 0 is; default 0. */
  readonly zeroDivision?: 0 | 1;
}

/**
 * Precision, recall, F1 and size of every class, with their plain and weighted means and the accuracy.
 * Throws `invalid-data` for unequal lengths, empty lists, weights that are none, a label twice or not listed.
 */
export function classificationReport(
  yTrue: LabelsLike,
  yPred: LabelsLike,
  options: ClassificationReportOptions = {},
): ClassificationReport {
  const zeroDivision = expectOneOf<0 | 1>("zeroDivision", options.zeroDivision ?? 0, [0, 1]);
  if (options.labels !== undefined) expectDistinct(options.labels);
  const pairs = pairLabels(yTrue, yPred, options.labels);
  const tallies = tallyClasses(pairs, weightsOf(options.sampleWeight, yTrue.length));
  const figures = (ratio: TallyRatio): number[] => tallies.map((tally) => quotient(ratio(tally), zeroDivision));
  const columns = { precision: figures(precisionRatio), recall: figures(recallRatio), f1: figures(f1Ratio) };
  const support = sumOf(tallies.map(({ actual }) => actual));
  const mean = (sizes: readonly Tally[] | null): ReportRow => ({
    precision: meanOverClasses(columns.precision, sizes),
    recall: meanOverClasses(columns.recall, sizes),
    f1: meanOverClasses(columns.f1, sizes),
    support,
  });
  return {
    classes: pairs.classes.map((label, k) => ({
      label,
      precision: columns.precision[k] as number,
      recall: columns.recall[k] as number,
      f1: columns.f1[k] as number,
      support: (tallies[k] as Tally).actual,
    })),
    accuracy: accuracy(yTrue, yPred, { sampleWeight: options.sampleWeight }),
    macro: mean(null),
    weighted: mean(tallies),
  };
}

/** The report as a table of text, figures rounded to `digits` places, 0 to 20 (default 2). */
export function formatReport(report: ClassificationReport, options: { readonly digits?: number } = {}): string {
  const digits = expectInteger("digits", options.digits ?? 2, 0, 20);
  const whole = report.classes.every(({ support }) => Number.isInteger(support));
  const count = (support: number): string => support.toFixed(whole ? 0 : digits);
  const cells = ({ precision, recall, f1, support }: ReportRow): string[] => [
    ...[precision, recall, f1].map((figure) => figure.toFixed(digits)),
    count(support),
  ];
  const rows = [
    ["", "precision", "recall", "f1", "support"],
    ...report.classes.map((row) => [String(row.label), ...cells(row)]),
    ["accuracy", "", "", report.accuracy.toFixed(digits), count(report.macro.support)],
    ["macro mean", ...cells(report.macro)],
    ["weighted mean", ...cells(report.weighted)],
  ];
  const widths = [0, 1, 2, 3, 4].map((j) => Math.max(...rows.map((row) => (row[j] as string).length)));
  return rows.map((row) => row.map((cell, j) => cell.padStart(widths[j] as number)).join("  ")).join("\n");
}
