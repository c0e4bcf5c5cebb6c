// Prints whether this runtime has WebGPU with an adapter.
console.log(((await globalThis.navigator?.gpu?.requestAdapter()) ?? null) !== null);
