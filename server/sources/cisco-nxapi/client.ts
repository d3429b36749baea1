import type { Secret } from "../../secret.ts";
import { type HttpsAnswer, type HttpsTrust, httpsClient, jsonIn, type Patience } from "../https.ts";
import { passwordTries } from "../password-tries.ts";
import { reading, SourceError } from "../source-error.ts";
import type { SwitchClient } from "../switch/dialect.ts";
import type { Outcome } from "../switch/outcome.ts";
import { type Envelope, NxapiRequestError, parseAnswers } from "./nxapi-answer.ts";
import { formOf, type NxosCommand } from "./nxapi-commands.ts";

/** NX-API runs a request on one of four workers; what one takes too long for is not answered at all. */
const MOST_AT_ONCE = 10;

export interface NxapiConfig {
  readonly id: string;
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
  readonly tls: HttpsTrust;
  readonly maxAnswerBytes: number;
}

/**
 * NX-API of Cisco NX-OS, over HTTPS: JSON-RPC, or the older `ins_api` where a release does not know it. HTTP Basic goes with
 * every request, for a stale cookie alone is refused; the cookie `nxapi_auth` beside it spares the switch a log-in each time.
 */
export function nxapiClient(config: NxapiConfig): SwitchClient<NxosCommand> {
  const { id: source, username, password } = config;
  const https = httpsClient(source, config.url, config.tls, config.maxAnswerBytes);
  const tried = passwordTries(source, username);
  let envelope: Envelope = "json-rpc";
  let understood = false;
  let cookie: string | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function post(type: string, body: string, patience: Patience): Promise<HttpsAnswer> {
    const credentials = Buffer.from(`${username}:${password.reveal()}`, "utf8").toString("base64");
    const headers = {
      "content-type": type,
      authorization: `Basic ${credentials}`,
      ...(cookie !== undefined && { cookie: `nxapi_auth=${cookie}` }),
    };
    const answer = await tried(() => https.send({ method: "POST", path: "/ins", headers, body }, patience));
    cookie = cookieIn(answer.headers["set-cookie"]) ?? cookie;
    return answer;
  }

  async function request(commands: readonly NxosCommand[], form: "json" | "text", patience: Patience) {
    const [type, body] = envelope === "json-rpc" ? rpcRequest(commands, form) : insRequest(commands, form);
    const answer = jsonIn(source, await post(type, body, patience));
    const outcomes = reading(source, () => parseAnswers(envelope, answer, commands.length));
    understood = true;
    return outcomes;
  }

  /** A release that does not know JSON-RPC says so in several ways, all before it ever answered one. */
  async function asked(commands: readonly NxosCommand[], form: "json" | "text", patience: Patience) {
    try {
      return await request(commands, form, patience);
    } catch (cause) {
      if (!understood && envelope === "json-rpc" && isRefusalOfEnvelope(cause)) {
        envelope = "ins_api";
        return request(commands, form, patience);
      }
      if (cause instanceof NxapiRequestError) throw new SourceError("refused", source, cause.message, { cause });
      throw cause;
    }
  }

  async function inForm(commands: readonly NxosCommand[], form: "json" | "text", patience: Patience) {
    const outcomes = new Map<NxosCommand, Outcome>();
    for (let at = 0; at < commands.length; at += MOST_AT_ONCE) {
      const some = commands.slice(at, at + MOST_AT_ONCE);
      for (const [i, outcome] of (await asked(some, form, patience)).entries()) {
        const command = some[i];
        if (command) outcomes.set(command, outcome);
      }
    }
    return outcomes;
  }

  async function run(commands: readonly NxosCommand[], patience: Patience) {
    const structured = await inForm(
      commands.filter((command) => formOf(command) === "json"),
      "json",
      patience,
    );
    const text = commands.filter((command) => {
      const outcome = structured.get(command);
      return outcome ? !outcome.ok && outcome.why === "text-only" : true;
    });
    return new Map([...structured, ...(await inForm(text, "text", patience))]);
  }

  return {
    run(commands, patience) {
      const mine = last.then(() => run(commands, patience));
      last = mine.catch(() => {});
      return mine;
    },
    async close() {
      await last;
      https.close();
    },
  };
}

function rpcRequest(commands: readonly NxosCommand[], form: "json" | "text"): [type: string, body: string] {
  const method = form === "json" ? "cli" : "cli_ascii";
  const calls = commands.map((cmd, i) => ({ jsonrpc: "2.0", method, params: { cmd, version: 1 }, id: i + 1 }));
  return ["application/json-rpc", JSON.stringify(calls)];
}

function insRequest(commands: readonly NxosCommand[], form: "json" | "text"): [type: string, body: string] {
  const type = form === "json" ? "cli_show" : "cli_show_ascii";
  const input = commands.join(" ;");
  const request = { version: "1.0", type, chunk: "0", sid: "1", input, output_format: "json" };
  return ["application/json", JSON.stringify({ ins_api: request })];
}

function isRefusalOfEnvelope(cause: unknown): boolean {
  if (cause instanceof NxapiRequestError) return true;
  if (!(cause instanceof SourceError)) return false;
  return (
    /instead of JSON/.test(cause.message) || (cause.reason === "failed" && /HTTP (400|404|500|501)/.test(cause.message))
  );
}

/** The cookie's value, if it can be sent back as it is (RFC 6265 §4.1.1). */
function cookieIn(headers: string | string[] | undefined): string | undefined {
  for (const header of [headers ?? []].flat()) {
    const value = /^nxapi_auth=([!#-+\--:<-[\]-~]{1,4096})(?:;|$)/.exec(header.trim())?.[1];
    if (value !== undefined) return value;
  }
  return undefined;
}
