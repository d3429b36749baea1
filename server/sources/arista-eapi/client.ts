import { type HttpsTrust, httpsClient, jsonIn, type Patience } from "../https.ts";
import { reading, SourceError } from "../source-error.ts";
import type { SwitchClient } from "../switch/dialect.ts";
import type { Outcome } from "../switch/outcome.ts";
import { type Batch, EapiRequestError, parseEnvelope } from "./eapi-answer.ts";
import { type EapiCommand, onTheWire } from "./eapi-commands.ts";
import { type Credentials, eapiLogin } from "./eapi-login.ts";

export interface EapiConfig extends Credentials {
  readonly url: string;
  readonly tls: HttpsTrust;
  readonly maxAnswerBytes: number;
}

/** A command that fails takes no other with it: what EOS did not run behind it is asked again. */
export type EapiClient = SwitchClient<EapiCommand>;

/** eAPI of Arista EOS: JSON-RPC 2.0 `runCmds` over HTTPS. */
export function eapiClient(config: EapiConfig): EapiClient {
  const { id: source } = config;
  const https = httpsClient(source, config.url, config.tls, config.maxAnswerBytes);
  const login = eapiLogin(config, https);
  let requests = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function request(
    commands: readonly EapiCommand[],
    format: "json" | "text",
    patience: Patience,
  ): Promise<Batch> {
    const id = `peerglass-${++requests}`;
    // Only what every release knows: an older one refuses a request with a parameter that it has never heard of.
    const params = { version: 1, format, cmds: commands.map(onTheWire) };
    const answer = await login.send(JSON.stringify({ jsonrpc: "2.0", method: "runCmds", id, params }), patience);
    const batch = envelope(jsonIn(source, answer), commands.length);
    if (batch.id !== undefined && batch.id !== null && String(batch.id) !== id) {
      throw new SourceError("malformed", source, `it answered request ${JSON.stringify(batch.id)}, we asked ${id}`);
    }
    return batch;
  }

  function envelope(answer: unknown, asked: number): Batch {
    try {
      return reading(source, () => parseEnvelope(answer, asked));
    } catch (cause) {
      if (!(cause instanceof EapiRequestError)) throw cause;
      throw new SourceError("refused", source, cause.message, { cause });
    }
  }

  async function inFormat(commands: readonly EapiCommand[], format: "json" | "text", patience: Patience) {
    const outcomes = new Map<EapiCommand, Outcome>();
    let left = commands;
    while (left.length > 0) {
      const batch = await request(left, format, patience);
      for (const [i, outcome] of batch.outcomes.entries()) {
        const command = left[i];
        if (command) outcomes.set(command, outcome);
      }
      left = left.slice(Math.max(1, batch.outcomes.length));
    }
    return outcomes;
  }

  async function run(commands: readonly EapiCommand[], patience: Patience) {
    const outcomes = await inFormat(commands, "json", patience);
    const textOnly = commands.filter((command) => {
      const outcome = outcomes.get(command);
      return outcome && !outcome.ok && outcome.why === "text-only";
    });
    if (textOnly.length === 0) return outcomes;
    return new Map([...outcomes, ...(await inFormat(textOnly, "text", patience))]);
  }

  return {
    run(commands, patience) {
      const mine = last.then(() => run(commands, patience));
      last = mine.catch(() => {});
      return mine;
    },
    async close() {
      await last;
      await login.logout();
      https.close();
    },
  };
}
