import { z } from "zod";
import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import type { FamilyState } from "../../../lib/fabric/neighbor.ts";
import { eachEntry, keyed } from "../switch/each-entry.ts";
import type { Speaker, Summary, SummaryPeer } from "../switch/peer.ts";
import { asn, count, freeText, seconds, toldAddress, toldAsn } from "../switch/scalars.ts";
import { FAMILY_KEY, familyOf } from "./eos-family.ts";
import { peerKey } from "./eos-peer.ts";
import { instant } from "./eos-scalars.ts";
import { heldDown, peerState, rawState } from "./peer-state.ts";

/** One family of `show bgp summary`. `advertised` alone: the peer did not agree to it. */
const Family = z.object({
  afiSafiState: z.string().optional(),
  nlrisReceived: count.optional(),
  nlrisAccepted: count.optional(),
});

const Peer = z.looseObject({
  peerState,
  peerStateIdleReason: z.string().optional(),
  asn: asn.optional(),
  peerAsn: asn.optional(),
  upDownTime: seconds.optional(),
  description: freeText.optional(),
  prefixReceived: count.optional(),
  prefixAccepted: count.optional(),
});

const Vrf = z.object({
  asn: asn.optional(),
  routerId: z.string().optional(),
  peers: keyed,
});

/** What the three summaries share. Keys we do not know pass; values do not. */
const Answer = z.object({ vrfs: keyed });

/**
 * `show ip bgp summary vrf all` (`family` ipv4-unicast), `show ipv6 bgp summary vrf all` (ipv6-unicast) and
 * `show bgp summary vrf all`, in which each family of a peer has an object of its own (no `family`).
 *
 * @throws ZodError for an answer that is none of these.
 */
export function parseSummary(answer: unknown, family: AddressFamily | undefined, skewMs = 0): Summary {
  const peers: SummaryPeer[] = [];
  const speakers = new Map<string, Speaker>();
  for (const [vrf, told] of eachEntry(Answer.parse(answer).vrfs, Vrf, ["vrfs"])) {
    const routerId = toldAddress(told.routerId);
    const localAs = toldAsn(told.asn);
    speakers.set(vrf, { ...(localAs !== undefined && { asn: localAs }), ...(routerId && { routerId }) });
    for (const [key, peer] of eachEntry(told.peers, Peer, ["vrfs", vrf, "peers"])) {
      peers.push(summaryPeer(vrf, key, peer, family, skewMs));
    }
  }
  return { peers, speakers };
}

function summaryPeer(
  vrf: string,
  key: string,
  peer: z.infer<typeof Peer>,
  family: AddressFamily | undefined,
  skewMs: number,
): SummaryPeer {
  const { state, reason = peer.peerStateIdleReason } = peer.peerState;
  const peerAs = toldAsn(peer.peerAsn ?? peer.asn);
  const since = instant(peer.upDownTime, skewMs);
  const held = heldDown(state, reason);
  const raw = rawState(state, reason);
  return {
    ...peerKey(vrf, key),
    state,
    ...(raw && { rawState: raw }),
    ...(peerAs !== undefined && { peerAs }),
    ...(since !== undefined && { since }),
    ...(held && { heldDown: held }),
    ...(peer.description && { description: peer.description }),
    families: family
      ? [familyState(family, undefined, peer.prefixReceived, peer.prefixAccepted)]
      : ownFamilies(peer, state === "established"),
  };
}

function ownFamilies(peer: Readonly<Record<string, unknown>>, up: boolean): FamilyState[] {
  const families = new Map<AddressFamily, FamilyState>();
  for (const key of Object.keys(peer)) {
    if (!FAMILY_KEY.test(key)) continue;
    const family = familyOf(key);
    if (typeof peer[key] !== "object" || families.has(family)) continue;
    const { afiSafiState, nlrisReceived, nlrisAccepted } = Family.parse(peer[key]);
    const negotiated = up && afiSafiState !== undefined ? afiSafiState === "negotiated" : undefined;
    families.set(family, familyState(family, negotiated, nlrisReceived, nlrisAccepted));
  }
  return [...families.values()];
}

function familyState(
  family: AddressFamily,
  negotiated: boolean | undefined,
  received: number | undefined,
  accepted: number | undefined,
): FamilyState {
  return {
    family,
    ...(negotiated !== undefined && { negotiated }),
    ...(received !== undefined && { received }),
    ...(accepted !== undefined && { accepted }),
  };
}
