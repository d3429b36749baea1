import { z } from "zod";
import { parseAsn } from "../../../lib/net/asn.ts";
import type { DetailPeer, Speaker, Summary, SummaryPeer } from "../switch/peer.ts";
import { asn, keyText, toldAddress, toldAsn } from "../switch/scalars.ts";
import { peerKey, stateOf } from "./nxos-peer.ts";
import { neededRows, rowAs, rowsOf } from "./nxos-rows.ts";
import { instantOf, maybeCount, text } from "./nxos-scalars.ts";

const Vrf = z.object({ "vrf-name-out": keyText, "local-as": asn.optional(), "router-id": z.string().optional() });
const Neighbor = z.object({
  "neighbor-id": keyText,
  remoteas: asn.optional(),
  state: z.string(),
  lastflap: text.optional(),
  connectionsdropped: maybeCount,
});

export interface Sessions {
  readonly summary: Summary;
  readonly details: readonly DetailPeer[];
}

/** `show bgp sessions`: states, without families or counts, and how often each was lost. @throws ZodError or SyntaxError. */
export function parseSessions(answer: unknown, observedAt?: number): Sessions {
  const peers: SummaryPeer[] = [];
  const details: DetailPeer[] = [];
  const speakers = new Map<string, Speaker>();
  for (const row of neededRows(answer, "vrf")) {
    const vrf = rowAs(Vrf, row, "TABLE_vrf");
    const name = vrf["vrf-name-out"];
    const localAs = toldAsn(vrf["local-as"]);
    const routerId = toldAddress(vrf["router-id"]);
    speakers.set(name, { ...(localAs !== undefined && { asn: localAs }), ...(routerId && { routerId }) });
    for (const each of rowsOf(row, "neighbor")) {
      const told = rowAs(Neighbor, each, name, "TABLE_neighbor");
      const since = instantOf(told.lastflap, observedAt);
      const peer = sessionPeer(name, told["neighbor-id"], told.state, toldAsn(told.remoteas), since);
      peers.push(peer);
      const flaps = told.connectionsdropped;
      if (flaps !== undefined) details.push({ ...peer, timers: {}, flaps });
    }
  }
  return { summary: { peers, speakers }, details };
}

const LETTER: Readonly<Record<string, string>> = {
  I: "Idle",
  A: "Active",
  O: "OpenSent",
  E: "Established",
  C: "Closing",
  S: "Shut",
};
const ROW = /^(\S+)\s+([\d.]+)\s+(\d+)\s+([^\s|]+)\|[^|]+\|\S+\s+([A-Z])\s/;

/** The same as text. @throws SyntaxError when no VRF stands in it. */
export function parseSessionsText(told: string, observedAt?: number): Sessions {
  const peers: SummaryPeer[] = [];
  const details: DetailPeer[] = [];
  const speakers = new Map<string, Speaker>();
  let vrf = "";
  for (const line of told.split(/\r?\n/)) {
    const [, name, as] = /^VRF (\S+), local ASN ([\d.]+)/.exec(line) ?? [];
    if (name !== undefined) {
      vrf = name;
      const localAs = toldAsn(parseAsn(as));
      speakers.set(vrf, localAs === undefined ? {} : { asn: localAs });
    }
    const routerId = toldAddress(/local router-id (\S+)/.exec(line)?.[1]);
    if (vrf && routerId) speakers.set(vrf, { ...speakers.get(vrf), routerId });
    const [, address, remote, flaps, age, letter = ""] = ROW.exec(line) ?? [];
    if (address === undefined || !vrf) continue;
    const since = instantOf(age, observedAt);
    const peer = sessionPeer(vrf, address, LETTER[letter] ?? letter, toldAsn(parseAsn(remote)), since);
    peers.push(peer);
    details.push({ ...peer, timers: {}, flaps: Number(flaps) });
  }
  if (speakers.size === 0) throw new SyntaxError('no line "VRF ..., local ASN ..." in it');
  return { summary: { peers, speakers }, details };
}

function sessionPeer(
  vrf: string,
  address: string,
  state: string,
  peerAs: number | undefined,
  since: number | undefined,
): SummaryPeer {
  return {
    ...peerKey(vrf, address),
    ...stateOf(state),
    ...(peerAs !== undefined && { peerAs }),
    ...(since !== undefined && { since }),
    families: [],
  };
}
