import {
  type Origin,
  type PathAttributes,
  parseAsPath,
  parseCommunity,
  parseLargeCommunity,
} from "../../../lib/bgp/path.ts";
import type { NextHop, Route, RouteCount, RouteProtocol, RouteTable } from "../../../lib/fabric/route.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { canonicalPrefix } from "../../../lib/net/prefix.ts";
import { child, childrenOf, countOf, type Element, neededNamed, secondsOf, textOf } from "./element.ts";
import { ribOf } from "./junos-family.ts";

const PROTOCOLS: ReadonlyMap<string, RouteProtocol> = new Map([
  ["bgp", "bgp"],
  ["direct", "connected"],
  ["local", "local"],
  ["static", "static"],
  ["aggregate", "aggregate"],
  ["ospf", "ospf"],
  ["ospf2", "ospf"],
  ["ospf3", "ospf"],
  ["is-is", "isis"],
  ["rip", "rip"],
]);

function protocolOf(name: string): RouteProtocol {
  return PROTOCOLS.get(name.toLowerCase()) ?? "other";
}

/**
 * `get-route-information`, brief or in detail. Of tables whose destinations are no addresses (EVPN, MPLS) nothing is told.
 *
 * @throws SyntaxError for anything else.
 */
export function parseRoutes(reply: Element, table: RouteTable, observedAt?: number): Route[] {
  return neededNamed(reply, "route-information")
    .flatMap((all) => childrenOf(all, "route-table"))
    .flatMap((told) => {
      const { vrf, family } = ribOf(textOf(told, "table-name") ?? "");
      if (family !== "ipv4-unicast" && family !== "ipv6-unicast") return [];
      return childrenOf(told, "rt").flatMap((rt) => {
        const destination = textOf(rt, "rt-destination") ?? "";
        const length = textOf(rt, "rt-prefix-length");
        const prefix = canonicalPrefix(
          length === undefined || destination.includes("/") ? destination : `${destination}/${length}`,
        );
        if (!prefix) throw new SyntaxError(`${JSON.stringify(destination.slice(0, 60))} is no prefix`);
        return childrenOf(rt, "rt-entry").map(
          (entry): Route => ({
            prefix,
            family,
            vrf,
            table,
            ...routeOf(entry, observedAt),
          }),
        );
      });
    });
}

function routeOf(entry: Element, observedAt: number | undefined): Omit<Route, "prefix" | "family" | "vrf" | "table"> {
  const protocol = protocolOf(textOf(entry, "protocol-name") ?? "");
  const type = textOf(entry, "nh-type") ?? childrenOf(entry, "nh-type")[0]?.text ?? "";
  const kind = /discard/i.test(type) ? "blackhole" : /reject/i.test(type) ? "unreachable" : undefined;
  const best = textOf(entry, "active-tag") === "*" || child(entry, "current-active") !== undefined;
  const neighbor = canonicalAddress(textOf(entry, "learned-from") ?? textOf(entry, "gateway") ?? "");
  const preference = countOf(entry, "preference");
  const metric = countOf(entry, "metric");
  const age = secondsOf(entry, "age");
  const path = protocol === "bgp" ? pathOf(entry) : undefined;
  const hidden = textOf(entry, "inactive-reason");
  return {
    protocol,
    ...(neighbor && { neighbor }),
    ...(kind && { kind }),
    nextHops: kind ? [] : childrenOf(entry, "nh").flatMap((nh) => nextHopOf(nh) ?? []),
    ...(path && { path }),
    ...(best && { best }),
    ...(preference !== undefined && { preference }),
    ...(metric !== undefined && { metric }),
    ...(age !== undefined && observedAt !== undefined && { since: Math.round(observedAt / 1000 - age) * 1000 }),
    ...(hidden && { note: hidden.slice(0, 200) }),
  };
}

function nextHopOf(nh: Element): NextHop | undefined {
  const address = canonicalAddress(textOf(nh, "to") ?? "");
  const port = textOf(nh, "via");
  if (!address && !port) return undefined;
  return { ...(address && { address }), ...(port && { interface: port }) };
}

const ORIGIN: Readonly<Record<string, Origin>> = { I: "igp", E: "egp", "?": "incomplete" };

/** `AS path: 6939 4637 1221 I`, with our own AS in brackets before it where the release shows it. */
function pathOf(entry: Element): PathAttributes {
  const words =
    (textOf(entry, "as-path") ?? "")
      .replace(/^AS path:\s*/i, "")
      .split(/\s*(?:Recorded|\(|Aggregator|Communities)/)[0]
      ?.trim() ?? "";
  const origin = ORIGIN[/([IE?])$/.exec(words)?.[1] ?? ""];
  const asPath = parseAsPath(words.replace(/\s*[IE?]$/, "").replace(/^\[\d+\]\s*/, ""));
  const localPref = countOf(entry, "local-preference");
  const med = countOf(entry, "med") ?? countOf(entry, "metric");
  const told = childrenOf(child(entry, "communities"), "community").map(({ text }) => text);
  const communities = told.map(parseCommunity).filter((community) => community !== undefined);
  const large = told
    .map((text) => parseLargeCommunity(text.replace(/^large:/, "")))
    .filter((community) => community !== undefined);
  return {
    ...(origin && { origin }),
    ...(asPath && { asPath }),
    ...(med !== undefined && { med }),
    ...(localPref !== undefined && { localPref }),
    ...(communities.length > 0 && { communities }),
    ...(large.length > 0 && { largeCommunities: large }),
  };
}

/** `get-route-summary-information`: each table as a whole, and by protocol. @throws SyntaxError for anything else. */
export function parseRouteCounts(reply: Element): RouteCount[] {
  return neededNamed(reply, "route-summary-information")
    .flatMap((all) => childrenOf(all, "route-table"))
    .flatMap((told) => {
      const { vrf, family } = ribOf(textOf(told, "table-name") ?? "");
      const routes = countOf(told, "total-route-count");
      const prefixes = countOf(told, "destination-count");
      if (routes === undefined || family === "other") return [];
      const of = { vrf, family, table: "rib" } as const;
      const byProtocol = childrenOf(told, "protocols").flatMap((each) => {
        const count = countOf(each, "protocol-route-count");
        const protocol = protocolOf(textOf(each, "protocol-name") ?? "");
        return count === undefined ? [] : [{ ...of, protocol, routes: count }];
      });
      return [{ ...of, routes, ...(prefixes !== undefined && { prefixes }) }, ...byProtocol];
    });
}
