import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { DeltaStream } from "../collector/delta-stream.ts";
import { type GuardRules, pathOf, refuse } from "./guard.ts";
import { contentSecurityPolicy, freshNonce, isForbiddenHeader, SECURITY_HEADERS } from "./headers.ts";
import { ViewAnswer } from "./view-answer.ts";

export type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface ServeOptions {
  readonly rules: GuardRules;
  readonly dev: boolean;
  readonly stream: DeltaStream;
  readonly view: ViewAnswer;
  /** Resolves once the pages are ready. Who asks before waits, for so long: a script that is refused is not asked for again. */
  readonly pages: Promise<PageHandler>;
  readonly patienceMs: number;
  onFault(error: unknown): void;
}

/** One HTTP server: the guard first, then the stream and the health answer, and all the rest to the pages. */
export function createConsoleServer(options: ServeOptions): Server {
  const server = createServer({ maxHeaderSize: 16 * 1024 }, (request, response) => {
    answer(request, response, options).catch((error: unknown) => {
      options.onFault(error);
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end("the console could not answer; its log says why\n");
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ServeOptions): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  const { method = "GET", url = "/", headers } = request;
  const refusal = refuse({ method, url, headers }, options.rules);
  const nonce = freshNonce();
  const policy = contentSecurityPolicy(nonce, options.dev);
  response.setHeader("content-security-policy", policy);
  if (refusal) {
    response.writeHead(refusal.status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
    response.end(`${refusal.text}\n`);
    return;
  }
  const path = pathOf(url);
  if (path === "/healthz") {
    response.writeHead(200, { "content-type": "text/plain", "cache-control": "no-store" }).end("ok\n");
    return;
  }
  if (path === "/api/stream") {
    const last = headers["last-event-id"];
    const after =
      typeof last === "string" ? last : (new URL(url, "http://console").searchParams.get("after") ?? undefined);
    options.stream.serve(response, after);
    return;
  }
  if (ViewAnswer.isAsked(method, path)) return options.view.serve(request, response);
  const pages = await within(options.patienceMs, options.pages);
  if (!pages) {
    response.writeHead(503, { "content-type": "text/plain", "retry-after": "1" }).end("starting\n");
    return;
  }
  for (const name of Object.keys(headers)) if (isForbiddenHeader(name)) delete headers[name];
  // Next reads the nonce for its own scripts from the request's policy; the layout reads x-nonce.
  headers["content-security-policy"] = policy;
  headers["x-nonce"] = nonce;
  if (path?.startsWith("/api/")) response.setHeader("cache-control", "no-store");
  await pages(request, response);
}

/** What `promise` brings, or undefined after `ms`; no timer stays behind. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const settled = new AbortController();
  try {
    return await Promise.race([promise, delay(ms, undefined, { signal: settled.signal })]);
  } finally {
    settled.abort();
  }
}
