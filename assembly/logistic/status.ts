// How a fit ended.

/** The optimality condition holds. */
export const CONVERGED: i32 = 0;
/** It does not hold yet after the iterations allowed. */
export const OUT_OF_ITERATIONS: i32 = 1;
/** Without penalty, on classes that a plane separates: the loss falls for ever as the weights grow. */
export const SEPARATED: i32 = 2;
/** Rounding errors hide any further descent. */
export const STALLED: i32 = 3;
/** The objective is not a finite number: the features are too large to compute with. */
export const OVERFLOWED: i32 = 4;
