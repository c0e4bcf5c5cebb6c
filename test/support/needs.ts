import { describe } from "vitest";

/**
 * `describe` for a suite that needs something beside npm's packages: `needs(browserPath("firefox"))("in Firefox", ...)`.
 * Where that is null the suite is named as skipped, except under CI=true: there it runs, and fails for the lack of it.
 */
export function needs(found: string | readonly string[] | null): typeof describe | typeof describe.skip {
  return found === null && process.env["CI"] !== "true" ? describe.skip : describe;
}
