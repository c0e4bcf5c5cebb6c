/** A worker's first message: it serves trials, and holds a lock for as long as it lives; null: there are no locks. */
export interface Hello {
  readonly vernier: "hello";
  readonly lock: string | null;
}

export function isHello(data: unknown): data is Hello {
  return typeof data === "object" && data !== null && (data as Partial<Hello>).vernier === "hello";
}
