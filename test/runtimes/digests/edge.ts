// What an isolate of workerd runs: answers any request with the digests.
import { digests } from "./index.ts";

export default {
  fetch: async (): Promise<Response> => new Response(await digests()),
};
