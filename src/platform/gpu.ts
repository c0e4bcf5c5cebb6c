interface Gpu {
  requestAdapter(): Promise<unknown>;
}

/** Whether WebGPU is there and has an adapter. */
export async function hasGpu(): Promise<boolean> {
  const { navigator } = globalThis as { readonly navigator?: { readonly gpu?: Gpu } };
  return ((await navigator?.gpu?.requestAdapter()) ?? null) !== null;
}
