import type { Secret } from "../../secret.ts";
import { type HttpsTrust, httpsClient, type Patience } from "../https.ts";
import { passwordTries } from "../password-tries.ts";
import { reading, SourceError } from "../source-error.ts";
import type { SwitchClient } from "../switch/dialect.ts";
import type { Outcome } from "../switch/outcome.ts";
import { callOf, type JunosRpc } from "./junos-rpcs.ts";
import { outcomeOf, readReply } from "./reply.ts";

export interface RestConfig {
  readonly id: string;
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
  readonly tls: HttpsTrust;
  readonly maxAnswerBytes: number;
}

/** The REST API of Junos, with JSON: one RPC for each request, HTTP Basic with every one of them. */
export function restClient(config: RestConfig): SwitchClient<JunosRpc> {
  const { id: source, username, password } = config;
  const https = httpsClient(source, config.url, config.tls, config.maxAnswerBytes);
  const tried = passwordTries(source, username);
  let last: Promise<unknown> = Promise.resolve();

  async function ask(rpc: JunosRpc, patience: Patience): Promise<Outcome> {
    const { name, args } = callOf(rpc);
    const query = args
      .map(([key, value]) => (value === undefined ? key : `${key}=${encodeURIComponent(value)}`))
      .join("&");
    const path = `/rpc/${name}@format=json${query && `?${query}`}`;
    const credentials = Buffer.from(`${username}:${password.reveal()}`, "utf8").toString("base64");
    const headers = { authorization: `Basic ${credentials}`, accept: "application/json" };
    try {
      const { text } = await tried(() => https.send({ method: "GET", path, headers }, patience));
      return reading(source, () => outcomeOf(readReply(text)));
    } catch (error) {
      // A release that does not know the RPC answers 4xx or 5xx to it alone.
      if (
        error instanceof SourceError &&
        error.reason === "failed" &&
        /HTTP (400|404|405|500|501)\b/.test(error.message)
      ) {
        return { ok: false, why: "invalid", text: error.message.slice(0, 500) };
      }
      throw error;
    }
  }

  async function run(rpcs: readonly JunosRpc[], patience: Patience) {
    const outcomes = new Map<JunosRpc, Outcome>();
    for (const rpc of new Set(rpcs)) outcomes.set(rpc, await ask(rpc, patience));
    return outcomes;
  }

  return {
    run(rpcs, patience) {
      const mine = last.then(() => run(rpcs, patience));
      last = mine.catch(() => {});
      return mine;
    },
    async close() {
      await last;
      https.close();
    },
  };
}
