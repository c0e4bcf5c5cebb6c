// A node while its tree grows: where each number stands in its record.

export const NODE_BYTES: usize = 64;
/** Its rows are numbers start ... end - 1 of the tree's list; i32. */
export const START: usize = 0;
export const END: usize = 4;
export const DEPTH: usize = 8;
/** -1 for a leaf; i32. */
export const FEATURE: usize = 12;
/** The last code that goes left; u32. */
export const CUT: usize = 16;
/** The left child's number, the right one's is the next; i32, 0 while there are none. */
export const LEFT: usize = 20;
export const THRESHOLD: usize = 24;
/** What the split takes off the tree's impurity; f64. */
export const GAIN: usize = 32;
/** Names the node's random numbers; u64. */
export const KEY: usize = 40;
/** What the subtree takes off, less what its leaves cost; f64. */
export const WORTH: usize = 48;
