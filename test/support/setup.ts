import fc from "fast-check";

// Property tests draw the same cases in every run; VERNIER_TEST_SEED explores others.
fc.configureGlobal({ seed: Number(process.env["VERNIER_TEST_SEED"] || 20261123) });
