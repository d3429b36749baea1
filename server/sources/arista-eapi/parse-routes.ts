import { type Origin, type PathAttributes, parseAsPath, parseCommunity } from "../../../lib/bgp/path.ts";
import type { NextHop, Route, RouteProtocol, RouteTable } from "../../../lib/fabric/route.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { canonicalPrefix } from "../../../lib/net/prefix.ts";

/** Routes are read by hand, not by zod: a full table is long. */

type Json = Readonly<Record<string, unknown>>;

const PROTOCOLS: readonly (readonly [RegExp, RouteProtocol])[] = [
  [/bgp/i, "bgp"],
  [/^connected/i, "connected"],
  [/^static/i, "static"],
  [/^ospf/i, "ospf"],
  [/^is-?is/i, "isis"],
  [/^rip/i, "rip"],
  [/aggregate/i, "aggregate"],
];

function protocolOf(word: unknown): RouteProtocol {
  return PROTOCOLS.find(([pattern]) => pattern.test(String(word)))?.[1] ?? "other";
}

/** `show ip route vrf V`, `show ipv6 route vrf V`: what the device forwards by. @throws SyntaxError for anything else. */
export function parseRoutes(answer: unknown): Route[] {
  return eachVrf(answer).flatMap(([vrf, told]) =>
    Object.entries(objectIn(told.routes, "routes")).map(([key, value]) => {
      const route = objectIn(value, key);
      const kind = /drop|null/i.test(String(route.routeAction)) ? ("blackhole" as const) : undefined;
      const preference = numberIn(route.preference);
      const metric = numberIn(route.metric);
      const programmed = route.hardwareProgrammed;
      return {
        ...prefixAndFamily(key),
        vrf,
        table: "rib" as const,
        protocol: protocolOf(route.routeType),
        ...(kind && { kind }),
        nextHops: kind ? [] : listIn(route.vias).flatMap((via) => nextHopOf(via.nexthopAddr, via.interface)),
        best: true,
        ...(typeof programmed === "boolean" && { installed: programmed }),
        ...(preference !== undefined && { preference }),
        ...(metric !== undefined && { metric }),
      };
    }),
  );
}

const ORIGIN: Readonly<Record<string, Origin>> = { igp: "igp", egp: "egp", incomplete: "incomplete" };

/** `show ip bgp ... vrf V`, `show bgp neighbors X advertised-routes vrf V`: paths of BGP. @throws SyntaxError for anything else. */
export function parseBgpRoutes(answer: unknown, table: RouteTable, neighbor?: string): Route[] {
  return eachVrf(answer).flatMap(([vrf, told]) =>
    Object.entries(objectIn(told.bgpRouteEntries, "bgpRouteEntries")).flatMap(([key, entry]) =>
      listIn(objectIn(entry, key).bgpRoutePaths).map((path): Route => {
        const type = objectIn(path.routeType ?? {}, "routeType");
        const detail = objectIn(path.routeDetail ?? {}, "routeDetail");
        const from = neighbor ?? canonicalAddress(String(objectIn(detail.peerEntry ?? {}, "peerEntry").peerAddr ?? ""));
        const why = path.reasonNotBestpath;
        return {
          ...prefixAndFamily(key),
          vrf,
          table,
          protocol: "bgp",
          ...(from && { neighbor: from }),
          nextHops: nextHopOf(path.nextHop, undefined),
          ...(type.active === true && { best: true }),
          ...(typeof type.valid === "boolean" && { valid: type.valid }),
          ...(type.stale === true && { stale: true }),
          path: attributesOf(path, detail),
          ...(typeof why === "string" && why !== "noReason" && { note: why.slice(0, 200) }),
        };
      }),
    ),
  );
}

function attributesOf(path: Json, detail: Json): PathAttributes {
  const words = String(objectIn(path.asPathEntry ?? {}, "asPathEntry").asPath ?? "");
  const asPath = parseAsPath(/^local$/i.test(words.trim()) ? "" : words);
  const origin = ORIGIN[String(detail.origin ?? "").toLowerCase()];
  const communities = (Array.isArray(detail.communityList) ? detail.communityList : [])
    .map((each) => parseCommunity(String(each)))
    .filter((community) => community !== undefined);
  const [med, localPref, weight] = [path.med, path.localPreference, path.weight].map(numberIn);
  return {
    ...(origin && { origin }),
    ...(asPath && { asPath }),
    ...(med !== undefined && { med }),
    ...(localPref !== undefined && { localPref }),
    ...(weight !== undefined && { weight }),
    ...(communities.length > 0 && { communities }),
  };
}

function prefixAndFamily(key: string): Pick<Route, "prefix" | "family"> {
  const prefix = canonicalPrefix(key);
  if (!prefix) throw new SyntaxError(`${JSON.stringify(key.slice(0, 60))} is no prefix`);
  return { prefix, family: prefix.includes(":") ? "ipv6-unicast" : "ipv4-unicast" };
}

function nextHopOf(told: unknown, port: unknown): NextHop[] {
  const address = typeof told === "string" ? canonicalAddress(told) : undefined;
  const name = typeof port === "string" && port !== "" ? port : undefined;
  if (!address && !name) return [];
  return [{ ...(address && { address }), ...(name && { interface: name }) }];
}

function eachVrf(answer: unknown): [vrf: string, told: Json][] {
  const vrfs = objectIn(objectIn(answer, "the whole").vrfs, "vrfs");
  return Object.entries(vrfs).map(([vrf, told]) => [vrf, objectIn(told, vrf)]);
}

function objectIn(value: unknown, name: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new SyntaxError(
    `${name.slice(0, 60)} ${value === undefined ? "is missing" : "must be a map of keys and values"}`,
  );
}

function listIn(value: unknown): readonly Json[] {
  if (!Array.isArray(value)) throw new SyntaxError("a list of paths is missing");
  return value.map((each) => objectIn(each, "a path"));
}

function numberIn(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
