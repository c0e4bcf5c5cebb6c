// What a runtime with processes runs: prints the digests.
import { digests } from "./index.ts";

console.log((await digests()).trimEnd());
