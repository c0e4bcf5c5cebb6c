import { arenaAlloc, arenaMark, arenaRelease } from "../memory";
import { nth } from "../linalg/product";
import { refine } from "./refine";
import { D } from "./model";
import { modelAt, scoreAll } from "./score";

/**
 * The point that maximizes a search's acquisition function: candidates [count, d] are scored, and the best `starts` of
 * them refined. Out: best [d]; the answer is its score.
 */
export function searchBest(
  s: usize,
  count: i32,
  candidates: usize,
  starts: i32,
  levels: usize,
  isParent: usize,
  box: usize,
  maxEvaluations: i32,
  best: usize,
): f64 {
  const d = load<i32>(modelAt(s, 0), D);
  const mark = arenaMark();
  const scores = arenaAlloc((<usize>count) << 3);
  const point = arenaAlloc((<usize>d) << 3);
  scoreAll(s, count, candidates, scores);
  let most = -Infinity;
  memory.copy(best, candidates, (<usize>d) << 3);
  for (let i = 0; i < starts; i++) {
    let top = 0;
    for (let k = 1; k < count; k++) if (load<f64>(nth(scores, k)) > load<f64>(nth(scores, top))) top = k;
    const score = load<f64>(nth(scores, top));
    if (!(score > -Infinity)) break;
    store<f64>(nth(scores, top), -Infinity);
    memory.copy(point, nth(candidates, top * d), (<usize>d) << 3);
    const refined = refine(s, point, score, levels, isParent, box, maxEvaluations);
    if (!(refined > most)) continue;
    most = refined;
    memory.copy(best, point, (<usize>d) << 3);
  }
  arenaRelease(mark);
  return most;
}
