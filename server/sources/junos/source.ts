import type { Secret } from "../../secret.ts";
import type { HttpsTrust } from "../https.ts";
import type { Limits, Source } from "../source.ts";
import { switchSource } from "../switch/switch-source.ts";
import { junosDialect } from "./junos-dialect.ts";
import { netconfClient } from "./netconf-client.ts";
import { restClient } from "./rest-client.ts";

export interface JunosConfig {
  readonly id: string;
  readonly device: string;
  readonly username: string;
  readonly via:
    | {
        readonly netconf: { readonly host: string; readonly port: number };
        readonly login: { readonly password: Secret } | { readonly privateKey: Secret };
        readonly hostKey?: string;
      }
    | { readonly rest: string; readonly password: Secret; readonly tls: HttpsTrust };
  readonly everyMs: number;
  readonly limits: Limits;
}

/** A Juniper device, over NETCONF or over its REST API. */
export function junosSource(config: JunosConfig): Source {
  const { id, username, via, limits } = config;
  const { maxAnswerBytes } = limits;
  if ("rest" in via) {
    const client = restClient({ id, url: via.rest, username, password: via.password, tls: via.tls, maxAnswerBytes });
    return switchSource({ ...config, address: new URL(via.rest).origin }, client, junosDialect());
  }
  const { netconf, login, hostKey } = via;
  const client = netconfClient({ id, ...netconf, username, login, ...(hostKey && { hostKey }), maxAnswerBytes });
  const host = netconf.host.includes(":") ? `[${netconf.host}]` : netconf.host;
  return switchSource({ ...config, address: `netconf://${host}:${netconf.port}` }, client, junosDialect());
}
