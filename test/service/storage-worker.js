// A Worker whose Durable Object is a storage and nothing else: what the storage suite calls is posted to it.
import { DurableObject } from "cloudflare:workers";
import { durableStorage } from "../../examples/edge-worker/durable-storage.js";
import { decodeLines, encodeRecord } from "../../build/js/storages/journal-codec.js";

const place = { file: "request", line: 1 };
const text = (records) => records.map((record) => `${encodeRecord(record)}\n`).join("");

export class Studies extends DurableObject {
  async fetch(request) {
    const storage = durableStorage(this.ctx.storage);
    const { method, position } = Object.fromEntries(new URL(request.url).searchParams);
    const records = decodeLines(await request.text(), place);
    try {
      if (method === "append") await storage.append(records);
      const found =
        method === "append"
          ? []
          : method === "read"
            ? await storage.read(JSON.parse(position))
            : await storage.appendAt(JSON.parse(position), records);
      return found === null ? new Response(null, { status: 204 }) : new Response(text(found));
    } catch ({ code, message }) {
      return Response.json({ code, message }, { status: 400 });
    }
  }
}

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    return env.STUDIES.get(env.STUDIES.idFromName(pathname)).fetch(request);
  },
};
