import { show, VernierError } from "../../core/errors.ts";
import type { Matrix } from "../../core/matrix.ts";
import type { Features } from "../../core/table.ts";
import type { ModelsCore } from "../../wasm/core.ts";
import { type NeighborMetric, type Neighbors, neighborsSearch } from "../../wasm/neighbors.ts";
import { cosineRows } from "./cosine-rows.ts";
import type { FitOptions } from "../estimator.ts";
import { rememberedNeighbors, searchedTable, type SearchedTable } from "./neighbors-memo.ts";
import type { NeighborsParams } from "./neighbors-params.ts";
import { predictionData } from "../training-data.ts";

/** The training rows of a nearest-neighbor model, which can be asked for those nearest to others. */
export interface NeighborTable {
  /** [n, d]; not to be written to. */
  readonly X: Matrix;
  /** The k nearest to each row of queries [m, d]; throws `invalid-data` unless these have d columns. */
  nearest(queries: Features): Neighbors;
}

/** The table of a model that is being trained; throws `invalid-data` for k > n and for weights, which have no meaning. */
export function trainedTable(
  core: ModelsCore,
  params: Readonly<NeighborsParams>,
  X: Matrix,
  { sampleWeight }: FitOptions,
): NeighborTable {
  if (sampleWeight !== undefined) {
    const message = `"sampleWeight": expected none for a nearest-neighbor model, got ${show(sampleWeight)}`;
    throw new VernierError("unsupported", message);
  }
  if (params.k > X.rows) {
    const message = `"k": expected at most the ${X.rows} rows of the training data, got ${params.k}`;
    throw new VernierError("invalid-data", message);
  }
  return neighborTable(core, params, { ...X, data: X.data.slice() }, searchedTable(X));
}

/** The table of a model that was read from a file. */
export function loadedTable(core: ModelsCore, params: Readonly<NeighborsParams>, X: Matrix): NeighborTable {
  return neighborTable(core, params, X, searchedTable(X));
}

function neighborTable(
  core: ModelsCore,
  { k, metric, p }: Readonly<NeighborsParams>,
  X: Matrix,
  table: SearchedTable,
): NeighborTable {
  const name = metric === "minkowski" ? `minkowski ${p}` : metric;
  let units: Matrix | null = null;
  const search = (queries: Matrix, most: number): Neighbors => {
    if (metric !== "cosine") return neighborsSearch(core, X, queries, most, ...plainMetric(metric, p));
    units ??= cosineRows(X, true);
    const found = neighborsSearch(core, units, cosineRows(queries, false), most, "euclidean", 2);
    return { ...found, distances: found.distances.map((distance) => (distance * distance) / 2) };
  };
  return {
    X,
    nearest: (queries) => {
      const matrix = predictionData(queries, X.cols);
      return rememberedNeighbors(table, X.rows, matrix, name, k, (most) => search(matrix, most));
    },
  };
}

/** Powers 1 and 2 have kernels of their own. */
function plainMetric(metric: NeighborMetric, p: number): [NeighborMetric, number] {
  if (metric === "minkowski" && p <= 2 && Number.isInteger(p)) return [p === 1 ? "manhattan" : "euclidean", p];
  return [metric, p];
}
