import type { Secret } from "../../secret.ts";
import type { HttpsTrust } from "../https.ts";
import type { Limits, Source } from "../source.ts";
import { switchSource } from "../switch/switch-source.ts";
import { eapiClient } from "./client.ts";
import { EOS } from "./eos-dialect.ts";

export interface AristaEapiConfig {
  readonly id: string;
  readonly device: string;
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
  readonly login: "basic" | "session";
  readonly tls: HttpsTrust;
  readonly everyMs: number;
  readonly limits: Limits;
}

/** An Arista switch, over eAPI. */
export function aristaEapiSource(config: AristaEapiConfig): Source {
  const client = eapiClient({ ...config, maxAnswerBytes: config.limits.maxAnswerBytes });
  return switchSource({ ...config, address: new URL(config.url).origin }, client, EOS);
}
