import { readFileSync } from "node:fs";

/** A golden file of test/vectors/, parsed. */
export function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), "utf8")) as T;
}
