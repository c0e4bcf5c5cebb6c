import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { root } from "./program.ts";

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A web server on this machine. */
export interface FileServer {
  /** Without a slash at its end. */
  readonly origin: string;
  close(): Promise<void>;
}

export interface FileServerOptions {
  /** The folder that is served; default the repository's. */
  readonly folder?: string;
  /** Sent with every file, or what is sent with the file of a path. */
  readonly headers?: Readonly<Record<string, string>> | ((path: string) => Readonly<Record<string, string>>);
  /** Files by path that exist only here, such as `{ "/": "<!doctype html>..." }`; without an extension they are pages. */
  readonly pages?: Readonly<Record<string, string>>;
}

/** With these headers a page is `crossOriginIsolated` and has SharedArrayBuffer. */
export const isolationHeaders: Readonly<Record<string, string>> = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Serves the files of a folder as they are, on a free port. */
export async function serveFiles({
  folder = root,
  headers = {},
  pages = {},
}: FileServerOptions = {}): Promise<FileServer> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const page = pages[path];
    try {
      const body = page ?? (await readFile(join(folder, normalize(path))));
      const type = types[extname(path)] ?? (page === undefined ? "application/octet-stream" : "text/html");
      const sent = typeof headers === "function" ? headers(path) : headers;
      response.writeHead(200, { "Content-Type": type, ...sent }).end(body);
    } catch {
      response.writeHead(404, { "Content-Type": "text/plain" }).end(`no file ${path}`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
