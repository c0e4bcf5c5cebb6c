// vernier/datasets

export { breastCancer } from "./breast-cancer.ts";
export type { Dataset } from "./dataset.ts";
export { digits } from "./digits.ts";
export { iris } from "./iris.ts";
