/** Activations whose values and gradients are right, and the same bits everywhere, on "wasm". */
export const activations = ["relu", "elu", "selu", "tanh", "sigmoid", "swish"] as const;

export type Activation = (typeof activations)[number];
