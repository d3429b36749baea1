import type { RouteCount, RouteProtocol } from "../../../lib/fabric/route.ts";
import { protocolOf } from "./parse-routes.ts";

/**
 * `show ip route summary vrf all`, `show ipv6 route summary vrf all`: only text. Clients of one protocol are added up.
 *
 * @throws SyntaxError when no VRF stands in it.
 */
export function parseRouteCounts(text: string): RouteCount[] {
  const counts: RouteCount[] = [];
  for (const block of text.split(/^(?=IP(?:v6)? Rout(?:e|ing) Table for VRF )/m)) {
    const [, six, vrf] = /^IP(v6)? Rout(?:e|ing) Table for VRF "([^"\n]{1,256})"/.exec(block) ?? [];
    const total = /^Total number of routes:\s*(\d+)/m.exec(block)?.[1];
    if (vrf === undefined || total === undefined) continue;
    const of = { vrf, family: six ? "ipv6-unicast" : "ipv4-unicast", table: "rib" } as const;
    counts.push({ ...of, routes: Number(total) });
    const byProtocol = new Map<RouteProtocol, number>();
    const best = /^Best paths per protocol:.*\n((?: +\S.*\n?)*)/m.exec(block)?.[1] ?? "";
    for (const [, client = "", paths] of best.matchAll(/^ {2}(\S+?)\s*: (\d+)/gm)) {
      const protocol = protocolOf(client);
      byProtocol.set(protocol, (byProtocol.get(protocol) ?? 0) + Number(paths));
    }
    for (const [protocol, routes] of byProtocol) counts.push({ ...of, protocol, routes });
  }
  if (counts.length === 0) throw new SyntaxError('no line "IP Route Table for VRF ..." with its total in it');
  return counts;
}
