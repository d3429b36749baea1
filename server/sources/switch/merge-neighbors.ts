import type { Bfd, FamilyState, Neighbor } from "../../../lib/fabric/neighbor.ts";
import { neighborId } from "../../../lib/fabric/neighbor.ts";
import {
  type BfdPeer,
  type DetailPeer,
  isLinkLocal6,
  joinKey,
  type PeerKey,
  type Speaker,
  type SummaryPeer,
  withoutZone,
} from "./peer.ts";

/** What a switch told in its three answers. Details and BFD may be older than the summary. */
export interface Told {
  readonly summary: readonly SummaryPeer[];
  readonly speakers: ReadonlyMap<string, Speaker>;
  readonly details: readonly DetailPeer[];
  readonly bfd: readonly BfdPeer[];
}

/**
 * Summary, neighbors and BFD as one `Neighbor` for each peer. The summary decides who is there and in which state. A
 * detail that tells another state is from before the change: then only what was configured is taken from it, so that
 * no error of last week explains the loss of this second.
 *
 * Peers of `details` alone come last: the summary of one family does not list a peer that only speaks another.
 */
export function mergeNeighbors(device: string, told: Told): Neighbor[] {
  const details = new Map(told.details.map((peer) => [joinKey(peer), peer]));
  const bfd = Map.groupBy(told.bfd, (peer) => `${peer.vrf}|${peer.address}`);
  const neighbors: Neighbor[] = [];
  for (const peer of told.summary) {
    const detail = details.get(joinKey(peer));
    details.delete(joinKey(peer));
    const speaker = told.speakers.get(peer.vrf);
    neighbors.push(neighbor(device, peer, detail && fitting(detail, peer), speaker, bfd.get(bfdKey(peer))));
  }
  for (const detail of details.values()) {
    if (!detail.state) continue;
    const speaker = told.speakers.get(detail.vrf);
    neighbors.push(
      neighbor(device, { ...detail, state: detail.state, families: [] }, detail, speaker, bfd.get(bfdKey(detail))),
    );
  }
  return neighbors;
}

function bfdKey({ vrf, key }: PeerKey): string {
  return `${vrf}|${withoutZone(key).bare}`;
}

/** A link-local address says nothing without its port: several neighbors may have the same. */
function bfdOf(peers: readonly BfdPeer[] | undefined, peer: PeerKey, port: string | undefined): Bfd | undefined {
  const exact = peers?.find((each) => each.interface === port);
  return (exact ?? (isLinkLocal6(peer.key) ? undefined : peers?.[0]))?.bfd;
}

function fitting(detail: DetailPeer, summary: SummaryPeer): DetailPeer {
  if (detail.state === undefined || detail.state === summary.state) return detail;
  const { lastError, heldDown, rawState, since, flaps, peerRouterId, gracefulRestart, ...configured } = detail;
  const { holdSec, keepaliveSec, ...timers } = detail.timers;
  const families = detail.families.map(({ family, limit }) => ({ family, ...(limit && { limit }) }));
  return { ...configured, timers, families };
}

function neighbor(
  device: string,
  peer: SummaryPeer,
  detail: DetailPeer | undefined,
  speaker: Speaker | undefined,
  bfdPeers: readonly BfdPeer[] | undefined,
): Neighbor {
  const port = detail?.interface ?? peer.interface;
  const bfd = bfdOf(bfdPeers, peer, port);
  const since = peer.since ?? detail?.since;
  const peerAs = peer.peerAs ?? detail?.peerAs;
  const localAs = detail?.localAs ?? speaker?.asn;
  const localRouterId = detail?.localRouterId ?? speaker?.routerId;
  const description = detail?.description ?? peer.description;
  const heldDown = peer.heldDown ?? detail?.heldDown;
  const rawState = peer.rawState ?? detail?.rawState;
  return {
    id: neighborId(device, peer.vrf, peer.key),
    device,
    vrf: peer.vrf,
    ...(peer.name && { name: peer.name }),
    ...(peer.address && { neighborAddress: peer.address }),
    ...(detail?.localAddress && { localAddress: detail.localAddress }),
    ...(port && { interface: port }),
    ...(localAs !== undefined && { localAs }),
    ...(peerAs !== undefined && { peerAs }),
    ...(localRouterId && { localRouterId }),
    ...(detail?.peerRouterId && { peerRouterId: detail.peerRouterId }),
    ...(description && { description }),
    state: peer.state,
    ...(heldDown && { heldDown }),
    ...(since !== undefined && { since }),
    ...(detail?.flaps !== undefined && { flaps: detail.flaps }),
    ...(detail?.lastError && { lastError: detail.lastError }),
    families: joinFamilies(
      peer.families,
      detail?.families ?? [],
      peer.state === "established",
      heldDown?.by === "prefix-limit",
    ),
    timers: detail?.timers ?? {},
    ...(bfd && { bfd }),
    ...(detail?.gracefulRestart && { gracefulRestart: detail.gracefulRestart }),
    ...(detail?.password && { password: detail.password }),
    ...(detail?.multihop !== undefined && { multihop: detail.multihop }),
    ...(rawState && { rawState }),
  };
}

/** Counts of the summary are younger; a family that only one of the two tells is kept. */
function joinFamilies(
  summary: readonly FamilyState[],
  details: readonly FamilyState[],
  up: boolean,
  overLimit: boolean,
): readonly FamilyState[] {
  const joined = new Map(details.map((state) => [state.family, state]));
  for (const state of summary) joined.set(state.family, { ...joined.get(state.family), ...state });
  return [...joined.values()].map(({ negotiated, limit, ...state }) => ({
    ...state,
    ...(up && negotiated !== undefined && { negotiated }),
    ...(limit && { limit: overLimit ? { ...limit, exceeded: true } : limit }),
  }));
}
