// A tuning service at the edge: a Worker that passes every request to one Durable Object, in whose storage the studies
// are. The object may be stopped and started at any moment. Deploy it with `wrangler deploy`, its token set by
// `wrangler secret put TOKEN`; client.js tunes something over it.
import { DurableObject } from "cloudflare:workers";
import { createTuningService } from "vernier/service";
import { durableStorage } from "./durable-storage.js";

export class Studies extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    const storage = durableStorage(ctx.storage);
    const onError = (error) => console.error(error);
    this.service = createTuningService({ storage, token: env.TOKEN, onError });
  }

  fetch(request) {
    return this.service.fetch(request);
  }
}

export default {
  fetch: (request, env) => env.STUDIES.get(env.STUDIES.idFromName("studies")).fetch(request),
};
