import type { LiveTrial } from "../../../src/study/live-trial.ts";

export default function objective(params: { x: number; n: number }, trial: LiveTrial): Promise<[number, number]>;
