import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import type { FamilyState, PrefixLimit } from "../../../lib/fabric/neighbor.ts";
import { familyOf } from "./family-name.ts";
import type { Peer } from "./parse-neighbors.ts";
import type { SummaryRow } from "./parse-summary.ts";

type Info = NonNullable<Peer["addressFamilyInfo"]>[string];

/** Address families that are activated for the neighbor. Families that we have no name for become one `other`. */
export function familiesOf(peer: Peer, rows: readonly SummaryRow[]): FamilyState[] {
  const families = new Map<AddressFamily, FamilyState>();
  for (const [name, info] of Object.entries(peer.addressFamilyInfo ?? {})) {
    const family = familyOf(name);
    if (families.has(family)) continue;
    const row = rows.find((one) => one.family === family);
    families.set(family, family === "other" ? { family } : familyState(family, name, info, peer, row));
  }
  return [...families.values()];
}

function familyState(
  family: AddressFamily,
  name: string,
  info: Info,
  peer: Peer,
  row: SummaryRow | undefined,
): FamilyState {
  const up = peer.bgpState.state === "established";
  const negotiated = up ? isNegotiated(family, name, peer) : undefined;
  const accepted = info.acceptedPrefixCounter ?? row?.accepted;
  const advertised = info.sentPrefixCounter ?? (up ? row?.advertised : undefined);
  const limit = limitOf(info, peer);
  return {
    family,
    ...(negotiated !== undefined && { negotiated }),
    ...(accepted !== undefined && { accepted }),
    ...(advertised !== undefined && { advertised }),
    ...(limit && { limit }),
  };
}

/**
 * Whether both OPENs named the family (RFC 4760 §8). The summary calls such a session established and shows 0 prefixes,
 * as it does for a neighbor that sends none. A speaker that names no family at all means IPv4 unicast.
 */
function isNegotiated(family: AddressFamily, name: string, peer: Peer): boolean | undefined {
  const extensions = peer.neighborCapabilities?.multiprotocolExtensions;
  if (!extensions) return undefined;
  if (extensions[name]?.advertisedAndReceived === true) return true;
  const peerNamesFamilies = Object.values(extensions).some((one) => one.advertisedAndReceived ?? one.received);
  return peerNamesFamilies ? false : family === "ipv4-unicast";
}

/** FRR tells for the neighbor, not for the family, that a limit was hit. */
function limitOf(info: Info, peer: Peer): PrefixLimit | undefined {
  const max = info.prefixAllowedMax;
  if (max === undefined) return undefined;
  const restartMs = info.prefixAllowedRestartIntervalMsecs;
  const exceeded = peer.prefixesConfigExceedMax === true || (info.acceptedPrefixCounter ?? 0) > max;
  return {
    max,
    ...(info.prefixAllowedWarningThresh !== undefined && { warnAtPercent: info.prefixAllowedWarningThresh }),
    exceeded,
    action: info.prefixAllowedMaxWarning ? "warn" : restartMs ? "restart" : "disable",
    ...(restartMs && { restartSec: Math.round(restartMs / 1000) }),
  };
}
