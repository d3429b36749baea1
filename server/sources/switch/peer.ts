import type { SessionState } from "../../../lib/bgp/session-state.ts";
import type { Bfd, FamilyState, GracefulRestart, HeldDown, LastError, Timers } from "../../../lib/fabric/neighbor.ts";
import { canonicalAddress, isLinkLocal } from "../../../lib/net/address.ts";

/** Whom a peer is in every answer of a switch: the join key of summary, neighbors and BFD. */
export interface PeerKey {
  readonly vrf: string;
  /** Canonical address, with its zone for link-local ones; the device's word where it is no address. */
  readonly key: string;
  readonly address?: string;
  readonly name?: string;
  readonly interface?: string;
}

/** A peer as a summary tells it: always asked, so this is what decides the state. */
export interface SummaryPeer extends PeerKey {
  readonly peerAs?: number;
  readonly state: SessionState;
  readonly rawState?: string;
  readonly since?: number;
  readonly heldDown?: HeldDown;
  readonly description?: string;
  readonly families: readonly FamilyState[];
}

export interface Summary {
  readonly peers: readonly SummaryPeer[];
  /** By VRF; empty where no BGP is configured. */
  readonly speakers: ReadonlyMap<string, Speaker>;
}

export interface Speaker {
  readonly asn?: number;
  readonly routerId?: string;
}

/** A peer with its details: asked less often. A trimmed answer may hold no state. */
export interface DetailPeer extends PeerKey {
  readonly state?: SessionState;
  readonly rawState?: string;
  readonly since?: number;
  readonly peerAs?: number;
  readonly localAs?: number;
  readonly peerRouterId?: string;
  readonly localRouterId?: string;
  readonly localAddress?: string;
  readonly description?: string;
  readonly heldDown?: HeldDown;
  readonly flaps?: number;
  readonly lastError?: LastError;
  readonly families: readonly FamilyState[];
  readonly timers: Timers;
  readonly gracefulRestart?: GracefulRestart;
  readonly password?: "set" | "none";
  readonly multihop?: number;
}

export interface BfdPeer {
  readonly vrf: string;
  /** Without its zone: `interface` has that. */
  readonly address: string;
  /** Absent for a multihop session. */
  readonly interface?: string;
  readonly bfd: Bfd;
}

/**
 * Names a peer. An unnumbered one goes by its link-local address and the port, which stands in the zone (`fe80::1%Et3`) or
 * beside it; the zone becomes the port's long name, so that all answers name one peer alike.
 *
 * @param longName the long form of an interface's name, as this vendor abbreviates it
 */
export function peerKeyWith(longName: (name: string) => string) {
  return (vrf: string, told: string, ifName?: string): PeerKey => {
    const canonical = canonicalAddress(told);
    if (canonical === undefined) return { vrf, key: told, name: told, ...(ifName && { interface: longName(ifName) }) };
    const { bare, zone } = withoutZone(canonical);
    const port = longName(ifName || zone || "");
    const address = port && (zone !== undefined || isLinkLocal6(bare)) ? `${bare}%${port}` : bare;
    return { vrf, key: address, address, ...(port && { interface: port }) };
  };
}

export function withoutZone(canonical: string): { readonly bare: string; readonly zone?: string } {
  const [bare = "", zone] = canonical.split("%", 2);
  return { bare, ...(zone !== undefined && { zone }) };
}

export function isLinkLocal6(canonical: string): boolean {
  return canonical.includes(":") && isLinkLocal(canonical);
}

export function joinKey({ vrf, key }: PeerKey): string {
  return `${vrf}|${key}`;
}
