/** What survives a trip through JSON, plus the non-finite numbers that the journal's dialect allows. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
