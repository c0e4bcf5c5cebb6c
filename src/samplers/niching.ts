import type { TrialRecord } from "../core/trial.ts";
import { constrainedRanks } from "./constrained-ranks.ts";
import { normalizeObjectives } from "./normalize-objectives.ts";
import { frontsOf, type SelectSurvivors, type Survivor } from "./survivors.ts";

type Point = readonly number[];

/**
 * Whole fronts while they fit, and of the one that does not those near the lines through the reference points [r, m]
 * that have the fewest survivors by them. The first by a line is the nearest to it. Where the source draws at random,
 * ties go to the line listed first and to the trial of the lowest number.
 * Source: Deb & Jain, "An evolutionary many-objective optimization algorithm using reference-point-based
 * nondominated sorting approach, part I" (IEEE TEVC 18, 2014), algorithms 1 to 4.
 */
export function nichedSurvivors(referencePoints: readonly Point[]): SelectSurvivors {
  return (candidates, losses, size) => {
    const ranks = constrainedRanks(candidates, losses);
    const chosen: number[] = [];
    for (const front of frontsOf(ranks)) {
      const room = size - chosen.length;
      if (front.length > room) chosen.push(...fillNiches(losses, chosen, front, room, referencePoints));
      else chosen.push(...front);
      if (chosen.length === size) break;
    }
    const survivorAt = (at: number): Survivor => ({
      trial: candidates[at] as TrialRecord,
      rank: ranks[at] as number,
      crowding: 0,
    });
    return chosen.sort((a, b) => a - b).map(survivorAt);
  };
}

function fillNiches(
  losses: readonly Point[],
  chosen: readonly number[],
  front: readonly number[],
  room: number,
  referencePoints: readonly Point[],
): number[] {
  const considered = [...chosen, ...front];
  const normalized = normalizeObjectives(considered.map((i) => losses[i] as Point));
  const nearest = normalized.map((point) => nearestLine(point, referencePoints));
  const counts = referencePoints.map(() => 0);
  const members: { readonly at: number; readonly distance: number }[][] = referencePoints.map(() => []);
  considered.forEach((at, i) => {
    const { line, distance } = nearest[i] as { line: number; distance: number };
    if (i < chosen.length) counts[line] = (counts[line] as number) + 1;
    else members[line]?.push({ at, distance });
  });
  const filled: number[] = [];
  while (filled.length < room) {
    let line = -1;
    members.forEach((waiting, i) => {
      if (waiting.length > 0 && (line < 0 || (counts[i] as number) < (counts[line] as number))) line = i;
    });
    const waiting = members[line] as { at: number; distance: number }[];
    let pick = 0;
    if (counts[line] === 0) {
      waiting.forEach(({ distance }, i) => {
        if (distance < (waiting[pick] as { distance: number }).distance) pick = i;
      });
    }
    filled.push((waiting.splice(pick, 1)[0] as { at: number }).at);
    counts[line] = (counts[line] as number) + 1;
  }
  return filled;
}

/** The line from the origin through a reference point that is nearest to the point, and its squared distance. */
function nearestLine(point: Point, referencePoints: readonly Point[]): { line: number; distance: number } {
  const best = { line: 0, distance: Number.POSITIVE_INFINITY };
  referencePoints.forEach((reference, line) => {
    let along = 0;
    let length = 0;
    reference.forEach((w, k) => {
      along += w * (point[k] as number);
      length += w * w;
    });
    let distance = 0;
    reference.forEach((w, k) => {
      const beside = (point[k] as number) - (along / length) * w;
      distance += beside * beside;
    });
    if (distance < best.distance) Object.assign(best, { line, distance });
  });
  return best;
}
