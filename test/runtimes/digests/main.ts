// What a runtime with processes runs: prints the digests.
import { digests } from "./index.ts";

console.log(JSON.stringify(await digests(), null, 2));
