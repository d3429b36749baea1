import type { Secret } from "../../secret.ts";
import type { HttpsTrust } from "../https.ts";
import type { Limits, Source } from "../source.ts";
import { switchSource } from "../switch/switch-source.ts";
import { nxapiClient } from "./client.ts";
import { NXOS } from "./nxos-dialect.ts";

export interface CiscoNxapiConfig {
  readonly id: string;
  readonly device: string;
  readonly url: string;
  readonly username: string;
  readonly password: Secret;
  readonly tls: HttpsTrust;
  readonly everyMs: number;
  readonly limits: Limits;
}

/** A Cisco Nexus switch, over NX-API. */
export function ciscoNxapiSource(config: CiscoNxapiConfig): Source {
  const client = nxapiClient({ ...config, maxAnswerBytes: config.limits.maxAnswerBytes });
  return switchSource({ ...config, address: new URL(config.url).origin }, client, NXOS);
}
