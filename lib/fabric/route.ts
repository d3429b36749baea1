import type { AddressFamily } from "../bgp/address-family.ts";
import type { PathAttributes } from "../bgp/path.ts";

/**
 * Where a route stands on its way through a speaker (RFC 4271 §3.2, in OpenConfig's words): heard, accepted, chosen, told;
 * `rib` is the device's routing table over all protocols, `fib` what it forwards by.
 */
export const ROUTE_TABLES = ["adj-rib-in-pre", "adj-rib-in-post", "loc-rib", "adj-rib-out-post", "rib", "fib"] as const;
export type RouteTable = (typeof ROUTE_TABLES)[number];

export const ROUTE_PROTOCOLS = [
  "bgp",
  "connected",
  "local",
  "static",
  "kernel",
  "aggregate",
  "ospf",
  "isis",
  "rip",
  "other",
] as const;
export type RouteProtocol = (typeof ROUTE_PROTOCOLS)[number];

/** One path to one prefix, in one table of one device. A field is absent when it was not told: never 0, never "". */
export interface Route {
  /** Canonical, host bits masked: `10.244.3.64/26`. */
  readonly prefix: string;
  readonly family: AddressFamily;
  /** `default` for the global table. */
  readonly vrf: string;
  readonly table: RouteTable;
  readonly protocol: RouteProtocol;
  /** Of an Adj-RIB table the neighbor whose it is; of others the neighbor that told the path. Canonical address, else its name. */
  readonly neighbor?: string;
  /** What becomes of a packet. Absent means that it is forwarded to `nextHops`. */
  readonly kind?: "blackhole" | "unreachable" | "prohibit";
  /** Where packets go, several for ECMP. */
  readonly nextHops: readonly NextHop[];
  /** For a BGP route. */
  readonly path?: PathAttributes;
  /** Chosen among the paths to its prefix. Of an ECMP group every member that is used. */
  readonly best?: boolean;
  /** Whether the path may be chosen at all: next hop resolved, no loop. */
  readonly valid?: boolean;
  /** In the forwarding table, as the device itself says. */
  readonly installed?: boolean;
  /** Kept though the speaker is gone (graceful restart, RFC 4724). */
  readonly stale?: boolean;
  /** Why policy or a rule keeps it out, in the device's words; present only on a route that is kept out. */
  readonly rejected?: string;
  readonly preference?: number;
  readonly metric?: number;
  /** Epoch ms. */
  readonly since?: number;
  /** The device's own words for why it is best, or for its protocol, where ours lose something. */
  readonly note?: string;
}

export interface NextHop {
  /** Canonical. Absent for a directly attached network. */
  readonly address?: string;
  readonly interface?: string;
  /** Share among several (weighted ECMP). */
  readonly weight?: number;
}

/** How many routes one table holds, as the device itself counts them. */
export interface RouteCount {
  readonly vrf: string;
  readonly family: AddressFamily;
  readonly table: RouteTable;
  /** Absent for the count over all protocols. */
  readonly protocol?: RouteProtocol;
  readonly routes: number;
  /** Distinct prefixes, where told beside paths. */
  readonly prefixes?: number;
}

/** Which routes to fetch. Whole tables are long: a source may refuse a question that it cannot bound. */
export interface RouteQuestion {
  readonly table: RouteTable;
  readonly family: AddressFamily;
  readonly vrf: string;
  /** Of an Adj-RIB table, required: as the device calls it (`Neighbor.name`, else its address). */
  readonly neighbor?: string;
  /** This prefix alone, or the longest match for an address. */
  readonly prefix?: string;
}

export interface RouteAnswer {
  /** Epoch ms. */
  readonly observedAt: number;
  readonly routes: readonly Route[];
  /** Present where the answer is cut, with what is missing, in words. */
  readonly cut?: string;
}
