import { createHash } from "node:crypto";
import { isIP } from "node:net";
import tls from "node:tls";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { Client } from "undici";
import type { SourceErrorReason } from "../../lib/fabric/observation.ts";
import { SourceError } from "./source-error.ts";

/** Whom we take for the device. Without `ca` and `pin` the authorities of Node and of this machine decide. */
export interface HttpsTrust {
  /** PEM of the authorities that may have signed the device's certificate; no others count then. */
  readonly ca?: string;
  /** `sha256/BASE64` of the certificate's public key (SPKI, as RFC 7469 §2.4); then neither name nor issuer nor dates count. */
  readonly pin?: string;
  /** Name that the certificate must hold, where it is not the one in the URL. */
  readonly serverName?: string;
}

export interface HttpsRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpsAnswer {
  /** 2xx; every other status is a `SourceError`. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** How long a question may take: until `signal` aborts or the clock shows `endsAt` (epoch ms), whatever comes first. */
export interface Patience {
  readonly signal: AbortSignal;
  readonly endsAt: number;
}

export interface HttpsClient {
  /**
   * One request and its whole answer. Nothing of `request` leaves before the certificate has been checked.
   * @throws SourceError; but the reason of `patience.signal` when that has aborted.
   */
  send(request: HttpsRequest, patience: Patience): Promise<HttpsAnswer>;
  close(): void;
}

/** Where the request is: tells a silent host from a silent web server. */
interface Progress {
  stage: "connect" | "tls" | "headers" | "body";
  bytes: number;
  /** Answers that this connection has given before. */
  answers: number;
}

/**
 * HTTPS to one device over at most one connection, kept alive. `source` names it in errors.
 *
 * undici's own `Client` and `request`: Node's built-in fetch takes no dispatcher of another undici.
 *
 * @throws SourceError when `url` is not an https URL without credentials.
 */
export function httpsClient(source: string, url: string, trust: HttpsTrust, maxAnswerBytes: number): HttpsClient {
  const base = addressOf(source, url);
  const place = `${base.hostname}:${base.port || 443}`;
  const context = tls.createSecureContext({ ca: trust.ca ?? systemAuthorities(), minVersion: "TLSv1.2" });
  let progress: Progress = { stage: "connect", bytes: 0, answers: 0 };
  let opened: { readonly client: Client; readonly sockets: Set<tls.TLSSocket> } | undefined;

  function open() {
    const sockets = new Set<tls.TLSSocket>();
    const client = new Client(base.origin, {
      pipelining: 1,
      // The deadline of each request is ours and total; undici's would be per part.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: 120_000,
      connect: (_target, callback) => {
        const host = base.hostname.replace(/^\[|\]$/g, "");
        const name = trust.serverName ?? host;
        const socket = tls.connect({
          host,
          port: Number(base.port || 443),
          servername: isIP(name) ? "" : name,
          secureContext: context,
          ALPNProtocols: ["http/1.1"],
          // Judged below, before undici is given the socket, so that the reason can be told.
          rejectUnauthorized: false,
          checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(name, certificate),
        });
        sockets.add(socket);
        progress = { stage: "connect", bytes: 0, answers: 0 };
        const settled = (error: Error) => {
          socket.destroy();
          callback(error, null);
        };
        socket.setNoDelay(true).setKeepAlive(true, 30_000);
        socket.once("connect", () => (progress.stage = "tls"));
        socket.once("close", () => sockets.delete(socket));
        socket.once("error", settled);
        socket.once("secureConnect", () => {
          socket.off("error", settled);
          const doubt = distrust(socket, trust.pin, name);
          if (doubt) return settled(new SourceError("certificate", source, `${place}: ${doubt}`));
          progress.stage = "headers";
          callback(null, socket);
        });
      },
    });
    return { client, sockets };
  }

  function drop() {
    const dropped = opened;
    opened = undefined;
    if (!dropped) return;
    dropped.client.destroy().catch(() => {});
    for (const socket of dropped.sockets) socket.destroy(); // one that still connects is not undici's yet
  }

  async function ask(request: HttpsRequest, signal: AbortSignal): Promise<HttpsAnswer> {
    opened ??= open();
    progress.bytes = 0;
    if (progress.answers > 0) progress.stage = "headers";
    const { statusCode, headers, body } = await opened.client.request({
      method: request.method,
      path: request.path,
      headers: { accept: "application/json", "accept-encoding": "identity", ...request.headers },
      ...(request.body !== undefined && { body: request.body }),
      signal,
    });
    progress.stage = "body";
    const said = Number(headers["content-length"]);
    if (said > maxAnswerBytes) throw tooLarge(`it announces ${said} bytes`);
    const chunks: Buffer[] = [];
    for await (const chunk of body as AsyncIterable<Buffer>) {
      progress.bytes += chunk.length;
      if (progress.bytes > maxAnswerBytes) throw tooLarge("it had not ended there");
      chunks.push(chunk);
    }
    progress.answers++;
    const text = (await inflated(Buffer.concat(chunks), headers["content-encoding"])).toString("utf8");
    if (statusCode >= 200 && statusCode < 300) return { status: statusCode, headers, text };
    throw new SourceError(...statusTrouble(statusCode, headers.location, text, base));
  }

  function tooLarge(how: string) {
    return new SourceError("too-large", source, `the limit is ${maxAnswerBytes} bytes, and ${how}`);
  }

  async function inflated(raw: Buffer, encoding: string | string[] | undefined): Promise<Buffer> {
    const name = String(encoding ?? "identity").toLowerCase();
    const inflate = INFLATE.get(name);
    if (name === "identity" || name === "") return raw;
    if (!inflate) throw new SourceError("malformed", source, `an answer in the encoding ${JSON.stringify(name)}`);
    try {
      return await inflate(raw, { maxOutputLength: maxAnswerBytes });
    } catch (cause) {
      if (codeOf(cause) === "ERR_BUFFER_TOO_LARGE") throw tooLarge(`its ${name} inflates beyond that`);
      throw new SourceError("malformed", source, `its ${name} cannot be inflated`, { cause });
    }
  }

  function statusTrouble(
    status: number,
    location: string | string[] | undefined,
    text: string,
    asked: URL,
  ): [SourceErrorReason, string, string] {
    if (status >= 300 && status < 400) return ["redirected", source, `HTTP ${status} to ${targetOf(location, asked)}`];
    const words = firstWords(text);
    const told = `HTTP ${status}${words && `, ${JSON.stringify(words)}`}`;
    if (status === 401 || status === 403) return ["unauthorized", source, told];
    return ["failed", source, `${told} at ${asked.origin}`];
  }

  async function send(request: HttpsRequest, patience: Patience): Promise<HttpsAnswer> {
    const startedAt = Date.now();
    const deadline = AbortSignal.timeout(Math.max(0, patience.endsAt - startedAt));
    const signal = AbortSignal.any([patience.signal, deadline]);
    // undici heeds a signal only once it has a connection; this ends one that is still being made.
    signal.addEventListener("abort", drop, { once: true });
    try {
      for (let again = false; ; again = true) {
        try {
          return await ask(request, signal);
        } catch (cause) {
          // A device may close an idle connection just as we use it: that is not its silence.
          const wasIdle = progress.answers > 0 && progress.stage === "headers";
          const error = sourceErrorOf(cause, patience, deadline, startedAt);
          if (error.reason !== "unauthorized") drop(); // that answer was read to its end
          if (!(wasIdle && error.reason === "cut-off" && !again)) throw error;
        }
      }
    } finally {
      signal.removeEventListener("abort", drop);
    }
  }

  function sourceErrorOf(cause: unknown, patience: Patience, deadline: AbortSignal, startedAt: number): SourceError {
    patience.signal.throwIfAborted();
    if (deadline.aborted) return new SourceError("timeout", source, silence(Date.now() - startedAt), { cause });
    if (cause instanceof SourceError) return cause;
    const [reason, detail] = networkTrouble(codeOf(cause), cause, place, progress);
    return new SourceError(reason, source, detail, { cause });
  }

  function silence(elapsedMs: number): string {
    const within = `within ${(elapsedMs / 1000).toFixed(1)} s`;
    switch (progress.stage) {
      case "connect":
        return `no connection to ${place} ${within}`;
      case "tls":
        return `${place} took the connection, and did not finish the TLS handshake ${within}`;
      case "headers":
        return `${place} took the request, and began no answer ${within}`;
      case "body":
        return `${place} had sent ${progress.bytes} bytes of its answer ${within}, and not the end`;
    }
  }

  return { send, close: drop };
}

/** The JSON in an answer. @throws SourceError `malformed`, with the first words of what came instead. */
export function jsonIn(source: string, answer: HttpsAnswer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch (cause) {
    const page = /^\s*(<!doctype html|<html|<\?xml)/i.test(answer.text.slice(0, 200));
    const words = JSON.stringify(firstWords(answer.text));
    throw new SourceError("malformed", source, `${page ? "a web page" : "a text"} instead of JSON: ${words}`, {
      cause,
    });
  }
}

/** The pin that a device's certificate has: what an operator copies into the configuration after comparing it there. */
export function pinOf(certificate: { readonly publicKey: import("node:crypto").KeyObject }): string {
  const spki = certificate.publicKey.export({ type: "spki", format: "der" });
  return `sha256/${createHash("sha256").update(spki).digest("base64")}`;
}

const INFLATE: ReadonlyMap<string, (raw: Buffer, limit: { maxOutputLength: number }) => Promise<Buffer>> = new Map([
  ["gzip", promisify(gunzip)],
  ["x-gzip", promisify(gunzip)],
  ["deflate", promisify(inflate)],
  ["br", promisify(brotliDecompress)],
]);

let authorities: string[] | undefined;
function systemAuthorities(): string[] {
  authorities ??= [...new Set([...tls.getCACertificates("default"), ...tls.getCACertificates("system")])];
  return authorities;
}

function addressOf(source: string, url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "https:" || parsed.username || parsed.password) {
    throw new SourceError("failed", source, "its url must be https://HOST[:PORT], without credentials in it");
  }
  return parsed;
}

/** Why the certificate is not trusted, in the operator's words; undefined when it is. */
function distrust(socket: tls.TLSSocket, pin: string | undefined, name: string): string | undefined {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return "it showed no certificate";
  const shown = pinOf(certificate);
  if (pin !== undefined) {
    return shown === pin ? undefined : `its key has changed: pinned is ${pin}, it showed ${shown}`;
  }
  if (socket.authorized) return undefined;
  const code = String(socket.authorizationError);
  const whose = `${JSON.stringify(oneLine(certificate.subject))} (pin ${shown})`;
  const now = Date.now();
  if (Date.parse(certificate.validTo) < now) return `expired on ${certificate.validTo}: ${whose}`;
  if (Date.parse(certificate.validFrom) > now) return `not valid before ${certificate.validFrom}: ${whose}`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `wrong name: it is for ${oneLine(certificate.subjectAltName ?? certificate.subject)}, and we asked for ${name}`;
  }
  if (code === "CERT_HAS_EXPIRED") return `an authority above it has expired: ${whose}`;
  if (certificate.checkIssued(certificate)) return `self-signed, and not pinned: ${whose}`;
  if (UNKNOWN_ISSUER.has(code)) return `unknown issuer ${JSON.stringify(oneLine(certificate.issuer))}: ${whose}`;
  return `${code.toLowerCase().replaceAll("_", " ")}: ${whose}`;
}

const UNKNOWN_ISSUER: ReadonlySet<string> = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "CERT_SIGNATURE_FAILURE",
]);

function networkTrouble(code: string, cause: unknown, place: string, progress: Progress): [SourceErrorReason, string] {
  if (code === "ECONNREFUSED") return ["unreachable", `nothing listens at ${place} (connection refused)`];
  if (code === "EHOSTUNREACH" || code === "ENETUNREACH") return ["unreachable", `no route to ${place} (${code})`];
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return ["unreachable", `the name in ${place} does not resolve`];
  if (code === "ETIMEDOUT") return ["timeout", `no connection to ${place}`];
  if (code.startsWith("HPE_") || code === "HTTPParserError")
    return ["malformed", `${place} does not speak HTTP (${code})`];
  if (code === "UND_ERR_HEADERS_OVERFLOW") return ["too-large", `the headers of ${place} do not end`];
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH|RECORD_LAYER/.test(code)) {
    return ["malformed", `${place} does not speak TLS; is HTTPS enabled there?`];
  }
  if (/^ERR_SSL|^EPROTO/.test(code)) return ["failed", `no TLS 1.2 or newer could be agreed with ${place} (${code})`];
  if (progress.stage === "connect" && code !== "ECONNRESET")
    return ["unreachable", `${place}: ${oneLine(String(cause))}`];
  if (CUT_OFF.has(code)) return ["cut-off", `${place} closed the connection ${WHEN[progress.stage](progress.bytes)}`];
  return ["failed", `${place}: ${oneLine(String(cause))}`];
}

const CUT_OFF: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "EPIPE",
  "UND_ERR_SOCKET",
  "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
]);

const WHEN: Record<Progress["stage"], (bytes: number) => string> = {
  connect: () => "at once",
  tls: () => "in the TLS handshake",
  headers: () => "before it answered",
  body: (bytes) => `after ${bytes} bytes of its answer`,
};

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return "code" in error && error.code !== undefined ? String(error.code) : error.name;
}

/** The host alone: a path or query could hold a token. */
function targetOf(location: string | string[] | undefined, asked: URL): string {
  const target = Array.isArray(location) ? location[0] : location;
  if (target === undefined || !URL.canParse(target, asked)) return "nowhere that can be read";
  const { origin, host } = new URL(target, asked);
  return origin === asked.origin ? `itself (${host})` : host;
}

function firstWords(text: string): string {
  return oneLine(text.slice(0, 4_000).replaceAll(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, " ")).slice(0, 80);
}

function oneLine(text: string): string {
  return text
    .slice(0, 4_000)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, 300);
}
