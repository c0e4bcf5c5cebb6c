import { auto } from "../../build/js/samplers/auto.js";
import { gp } from "../../build/js/samplers/gp.js";
import { cmaes } from "../../build/js/samplers/cmaes.js";
import { qmc } from "../../build/js/samplers/qmc.js";
import { random } from "../../build/js/samplers/random.js";
import { tpe } from "../../build/js/samplers/tpe.js";
import { provideSurrogate } from "../../build/js/surrogate.js";

provideSurrogate();

/** The samplers that can be measured by name. */
export const samplers = {
  auto: () => auto(),
  gp: () => gp(),
  "gp-straight": () => gp({ inputWarp: false }),
  "gp-noisy": () => gp({ acquisition: "logNEI" }),
  "gp-ensemble": () => gp({ acquisition: "ensemble" }),
  "gp-matern52": () => gp({ kernel: "matern52" }),
  cmaes: () => cmaes(),
  "cmaes-full": () => cmaes({ separable: false }),
  qmc: () => qmc(),
  random: () => random(),
  tpe: () => tpe(),
  "tpe-grouped": () => tpe({ group: true }),
};
