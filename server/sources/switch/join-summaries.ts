import { joinKey, type Summary, type SummaryPeer } from "./peer.ts";

/** Summaries of one family each as one: a peer that stands in several carries all their families. */
export function joinSummaries(summaries: readonly Summary[]): Summary {
  const peers = new Map<string, SummaryPeer>();
  for (const peer of summaries.flatMap((summary) => summary.peers)) {
    const known = peers.get(joinKey(peer));
    peers.set(joinKey(peer), known ? { ...known, ...peer, families: [...known.families, ...peer.families] } : peer);
  }
  return { peers: [...peers.values()], speakers: new Map(summaries.flatMap(({ speakers }) => [...speakers])) };
}
