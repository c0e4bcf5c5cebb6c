import { grid } from "../../src/samplers/grid.ts";
import { random } from "../../src/samplers/random.ts";
import { samplerConformance } from "../conformance/sampler.ts";

samplerConformance("random", random, { digest: "4dc62cfbba4d3c50acb3119f54b03b7ee4d8c8c596a43fc8c61a73e47f19c63c" });
samplerConformance("grid", grid, {
  digest: "85bd13088931c1118f90219d7091f87091a832665b8469523155c57f5aa9a653",
  discrete: true,
});
