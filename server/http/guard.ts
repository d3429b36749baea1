import { isIP } from "node:net";
import { isLoopback } from "../../lib/net/address.ts";

/** What the guard looks at; nothing of it is trusted. */
export interface RequestFacts {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface GuardRules {
  /** Listening beyond loopback, by explicit flag. */
  readonly exposed: boolean;
  /** Names by which this machine may be called, lower case. */
  readonly hostNames: readonly string[];
}

export interface Refusal {
  readonly status: 400 | 403 | 405 | 411 | 413 | 414 | 415 | 421;
  readonly text: string;
}

const MAX_URL = 8 * 1024;
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_BATCH = 20;

/**
 * Refuses what no page and no tool of ours sends: other sites' requests (also through DNS rebinding), forms, bodies that
 * are not JSON, oversized or endless ones, batches beyond 20 calls. `undefined` lets the request pass.
 */
export function refuse({ method, url, headers }: RequestFacts, rules: GuardRules): Refusal | undefined {
  if (url.length > MAX_URL) return { status: 414, text: "the address is longer than 8 KB" };
  const path = pathOf(url);
  if (path === undefined) return { status: 400, text: "the address is not a plain path" };
  const host = one(headers.host);
  if (!hostIsOurs(host, rules)) {
    return { status: 421, text: "this console is not known by that name; open it by its address" };
  }
  const api = path === "/api" || path.startsWith("/api/");
  if (method !== "GET" && method !== "HEAD" && !(method === "POST" && path.startsWith("/api/trpc/"))) {
    return { status: 405, text: `${method.slice(0, 20)} is not taken here` };
  }
  const foreign = foreignRequest(method, api, host, headers);
  if (foreign) return foreign;
  if (path.startsWith("/api/trpc/") && path.slice("/api/trpc/".length).split(",").length > MAX_BATCH) {
    return { status: 400, text: `more than ${MAX_BATCH} calls in one request` };
  }
  return method === "POST" ? refuseBody(headers) : undefined;
}

/** Browsers say where a request comes from (Fetch Metadata, Origin); tools that say nothing may only read. */
function foreignRequest(
  method: string,
  api: boolean,
  host: string,
  headers: RequestFacts["headers"],
): Refusal | undefined {
  const text = "requests from other sites are refused";
  const origin = one(headers.origin);
  if (origin !== "" && origin !== `http://${host}` && origin !== `https://${host}`) return { status: 403, text };
  const site = one(headers["sec-fetch-site"]);
  if (site === "" || site === "same-origin" || site === "none") return undefined;
  const opensPage =
    !api &&
    method === "GET" &&
    one(headers["sec-fetch-mode"]) === "navigate" &&
    one(headers["sec-fetch-dest"]) === "document";
  return opensPage ? undefined : { status: 403, text };
}

function refuseBody(headers: RequestFacts["headers"]): Refusal | undefined {
  if (one(headers["x-peerglass"]) === "") return { status: 403, text: "the header x-peerglass is missing" };
  const type = one(headers["content-type"]).split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return { status: 415, text: "only application/json is taken" };
  const length = one(headers["content-length"]);
  if (!/^\d+$/.test(length)) return { status: 411, text: "the body needs a content-length" };
  return Number(length) > MAX_BODY_BYTES ? { status: 413, text: "the body is larger than 1 MB" } : undefined;
}

/** A page of another site that rebinds its name to our address still says its own name here. */
function hostIsOurs(host: string, { exposed, hostNames }: GuardRules): boolean {
  const name = host.replace(/:\d{1,5}$/, "").toLowerCase();
  if (isLoopback(name)) return true;
  const address = name.startsWith("[") && name.endsWith("]") ? name.slice(1, -1) : name;
  return exposed && (isIP(address) !== 0 || hostNames.includes(name));
}

/** The path of a request; undefined for one that two readers could read in two ways. */
export function pathOf(url: string): string | undefined {
  if (!url.startsWith("/") || url.startsWith("//")) return undefined;
  const path = url.split("?")[0] ?? "";
  return /\/\.{1,2}(\/|$)|\/\/|%2f|%5c|\\|%00/i.test(path) ? undefined : path;
}

function one(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? "";
}
