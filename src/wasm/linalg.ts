import { show, VernierError } from "../core/errors.ts";
import type { Matrix } from "../core/matrix.ts";
import type { CoreWith } from "./core.ts";

// Dense linear algebra on whole matrices. Sums run in the order of the index (vector products: in a fixed
// order of their own), so the bits depend on the operands alone.

/** A x [A.rows]. Throws `invalid-data` where the shapes do not fit. */
export function matrixVector(core: CoreWith<"linalgGemv">, A: Matrix, x: Float64Array): Float64Array {
  expectLength("x", x, A.cols);
  return core.scope((arena) => {
    const y = arena.f64Alloc(A.rows);
    core.exports.linalgGemv(arena.f64(A.data), A.cols, A.rows, A.cols, arena.f64(x), y);
    return arena.readF64(y, A.rows);
  });
}

/** A B [A.rows, B.cols]. Throws `invalid-data` where the shapes do not fit. */
export function multiply(core: CoreWith<"linalgGemmNN">, A: Matrix, B: Matrix): Matrix {
  expectShape("B", B, A.cols, B.cols);
  return core.scope((arena) => {
    const C = arena.f64Alloc(A.rows * B.cols);
    const a = arena.f64(A.data);
    core.exports.linalgGemmNN(A.rows, B.cols, A.cols, a, A.cols, arena.f64(B.data), B.cols, C, B.cols);
    return { data: arena.readF64(C, A.rows * B.cols), rows: A.rows, cols: B.cols };
  });
}

/** A B^T [A.rows, B.rows]: the inner products of the rows. Throws `invalid-data` where the shapes do not fit. */
export function multiplyTransposed(core: CoreWith<"linalgGemmNT">, A: Matrix, B: Matrix): Matrix {
  expectShape("B", B, B.rows, A.cols);
  return core.scope((arena) => {
    const C = arena.f64Alloc(A.rows * B.rows);
    const a = arena.f64(A.data);
    core.exports.linalgGemmNT(A.rows, B.rows, A.cols, a, A.cols, arena.f64(B.data), B.cols, C, B.rows);
    return { data: arena.readF64(C, A.rows * B.rows), rows: A.rows, cols: B.rows };
  });
}

/** A^T A [A.cols, A.cols]: the inner products of the columns, symmetric. */
export function gram(core: CoreWith<"linalgSyrkTN">, A: Matrix): Matrix {
  const n = A.cols;
  return core.scope((arena) => {
    const C = arena.f64Alloc(n * n);
    core.exports.linalgSyrkTN(n, A.rows, arena.f64(A.data), n, C, n);
    return { data: arena.readF64(C, n * n), rows: n, cols: n };
  });
}

/**
 * The lower triangular L with positive diagonal and L L^T = A; only A's lower triangle is read.
 * Throws `numerical-failure` naming the first pivot that is not positive, `invalid-data` unless A is square.
 */
export function cholesky(core: CoreWith<"linalgCholesky">, A: Matrix): Matrix {
  const n = A.rows;
  expectShape("A", A, n, n);
  return core.scope((arena) => {
    const L = arena.f64(A.data);
    const failed = core.exports.linalgCholesky(n, L, n);
    if (failed !== 0) {
      throw new VernierError(
        "numerical-failure",
        `"A": expected a positive definite matrix, got one whose pivot ${failed} of ${n} is not positive`,
      );
    }
    return { data: arena.readF64(L, n * n), rows: n, cols: n };
  });
}

/** The x [n] with L L^T x = b, for L as `cholesky` returns it. Throws `invalid-data` where the shapes do not fit. */
export function choleskySolve(core: CoreWith<"linalgCholeskySolve">, L: Matrix, b: Float64Array): Float64Array {
  expectShape("L", L, L.rows, L.rows);
  expectLength("b", b, L.rows);
  return core.scope((arena) => {
    const x = arena.f64(b);
    core.exports.linalgCholeskySolve(L.rows, arena.f64(L.data), L.rows, x);
    return arena.readF64(x, L.rows);
  });
}

function expectLength(name: string, x: Float64Array, length: number): void {
  if (x.length === length) return;
  throw new VernierError("invalid-data", `"${name}": expected ${length} numbers, got ${x.length}`);
}

function expectShape(name: string, A: Matrix, rows: number, cols: number): void {
  if (A.rows === rows && A.cols === cols && A.data.length === rows * cols) return;
  const got = `${show(A.rows)} x ${show(A.cols)} with ${A.data.length} numbers`;
  throw new VernierError("invalid-data", `"${name}": expected a ${rows} x ${cols} matrix, got ${got}`);
}

/** Eigenvalues [n], ascending, and unit eigenvectors, the rows of `vectors` [n, n], of a symmetric matrix. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/**
 * The eigendecomposition of a symmetric matrix, of which only the lower triangle is read; null where it holds numbers
 * that are not finite. Throws `invalid-data` unless A is square.
 */
export function symmetricEigen(core: CoreWith<"linalgSymmetricEigen">, A: Matrix): SymmetricEigen | null {
  const n = A.rows;
  expectShape("A", A, n, n);
  return core.scope((arena) => {
    const V = arena.f64(A.data);
    const w = arena.f64Alloc(n);
    if (core.exports.linalgSymmetricEigen(n, V, n, w) !== 0) return null;
    return { values: arena.readF64(w, n), vectors: { data: arena.readF64(V, n * n), rows: n, cols: n } };
  });
}
