import type { NextHop, Route, RouteProtocol } from "../../../lib/fabric/route.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { canonicalPrefix } from "../../../lib/net/prefix.ts";
import { neededRows, type Row, rowsOf } from "./nxos-rows.ts";
import { instantOf, longInterfaceName } from "./nxos-scalars.ts";

const PROTOCOLS: ReadonlyMap<string, RouteProtocol> = new Map([
  ["bgp", "bgp"],
  ["direct", "connected"],
  ["local", "local"],
  ["hsrp", "local"],
  ["vrrp", "local"],
  ["broadcast", "local"],
  ["static", "static"],
  ["ospf", "ospf"],
  ["ospfv3", "ospf"],
  ["isis", "isis"],
  ["rip", "rip"],
]);

/** `bgp-64520`, `ospf-UNDERLAY`, `direct`: the client of the routing table. */
export function protocolOf(client: string): RouteProtocol {
  return PROTOCOLS.get(client.split("-")[0]?.toLowerCase() ?? "") ?? "other";
}

/**
 * `show ip route vrf all`, `show ipv6 route vrf all`. Each client's paths to a prefix are one route, with all its next hops.
 * Read by hand, not by zod: a full table is long.
 *
 * @throws SyntaxError for anything else.
 */
export function parseRoutes(answer: unknown, observedAt?: number): Route[] {
  const routes: Route[] = [];
  for (const vrf of neededRows(answer, "vrf")) {
    const name = typeof vrf["vrf-name-out"] === "string" ? vrf["vrf-name-out"] : "default";
    for (const family of rowsOf(vrf, "addrf")) {
      for (const row of rowsOf(family, "prefix")) routes.push(...routesTo(row, name, observedAt));
    }
  }
  return routes;
}

function routesTo(row: Row, vrf: string, observedAt: number | undefined): Route[] {
  const prefix = typeof row.ipprefix === "string" ? canonicalPrefix(row.ipprefix) : undefined;
  if (!prefix) throw new SyntaxError(`${JSON.stringify(row.ipprefix)?.slice(0, 60)} is no prefix`);
  const byClient = Map.groupBy(rowsOf(row, "path"), (path) => String(path.clientname ?? ""));
  return [...byClient].map(([client, paths]) => {
    const [first = {}] = paths;
    const nextHops = paths.flatMap((path) => nextHopOf(path) ?? []);
    const blackhole = paths.some((path) => /^null/i.test(String(path.ifname ?? "")));
    const metric = numberIn(first.metric);
    const preference = numberIn(first.pref);
    const since = instantOf(typeof first.uptime === "string" ? first.uptime : undefined, observedAt);
    const best = paths.some((path) => path.ubest === "true" || path.ubest === true);
    return {
      prefix,
      family: prefix.includes(":") ? "ipv6-unicast" : "ipv4-unicast",
      vrf,
      table: "rib",
      protocol: protocolOf(client),
      ...(blackhole && { kind: "blackhole" as const }),
      nextHops: blackhole ? [] : nextHops,
      ...(best && { best }),
      ...(preference !== undefined && { preference }),
      ...(metric !== undefined && { metric }),
      ...(since !== undefined && { since }),
    };
  });
}

function nextHopOf({ ipnexthop, ifname }: Row): NextHop | undefined {
  const address = typeof ipnexthop === "string" ? canonicalAddress(ipnexthop) : undefined;
  const port = typeof ifname === "string" && ifname !== "" ? longInterfaceName(ifname) : undefined;
  if (!address && !port) return undefined;
  return { ...(address && { address }), ...(port && { interface: port }) };
}

export function numberIn(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
