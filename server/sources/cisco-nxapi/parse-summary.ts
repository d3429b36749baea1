import { z } from "zod";
import type { FamilyState } from "../../../lib/fabric/neighbor.ts";
import { joinKey, type Speaker, type Summary, type SummaryPeer } from "../switch/peer.ts";
import { asn, keyText, toldAddress, toldAsn } from "../switch/scalars.ts";
import { familyOf } from "./nxos-family.ts";
import { peerKey, stateOf } from "./nxos-peer.ts";
import { neededRows, type Row, rowAs, rowsOf } from "./nxos-rows.ts";
import { instantOf, maybeCount, text } from "./nxos-scalars.ts";

const Vrf = z.object({
  "vrf-name-out": keyText,
  "vrf-router-id": z.string().optional(),
  "vrf-local-as": asn.optional(),
});
const Family = z.object({ "af-name": z.string() });
const Neighbor = z.object({
  neighborid: keyText,
  neighboras: asn.optional(),
  state: z.string(),
  time: text.optional(),
  prefixreceived: maybeCount,
});

/**
 * `show bgp all summary vrf all`: every family of every VRF. A VRF may come twice, once without its families; a family that no
 * neighbor speaks is listed empty. `prefixreceived` counts what import policy accepted.
 *
 * @throws ZodError or SyntaxError for anything else.
 */
export function parseSummary(answer: unknown, observedAt?: number): Summary {
  const peers = new Map<string, SummaryPeer>();
  const speakers = new Map<string, Speaker>();
  for (const row of neededRows(answer, "vrf")) {
    const vrf = rowAs(Vrf, row, "TABLE_vrf");
    const name = vrf["vrf-name-out"];
    const routerId = toldAddress(vrf["vrf-router-id"]);
    const localAs = toldAsn(vrf["vrf-local-as"]);
    speakers.set(name, {
      ...speakers.get(name),
      ...(localAs !== undefined && { asn: localAs }),
      ...(routerId && { routerId }),
    });
    for (const { family, neighbor } of neighborsIn(row, name)) {
      const peer = summaryPeer(name, neighbor, { family, ...accepted(neighbor) }, observedAt);
      const known = peers.get(joinKey(peer));
      peers.set(joinKey(peer), known ? { ...known, families: [...known.families, ...peer.families] } : peer);
    }
  }
  return { peers: [...peers.values()], speakers };
}

function* neighborsIn(vrf: Row, name: string) {
  for (const af of rowsOf(vrf, "af")) {
    for (const saf of rowsOf(af, "saf")) {
      const family = familyOf(rowAs(Family, saf, name, "TABLE_saf")["af-name"]);
      for (const row of rowsOf(saf, "neighbor")) {
        yield { family, neighbor: rowAs(Neighbor, row, name, "TABLE_neighbor") };
      }
    }
  }
}

function accepted({ state, prefixreceived }: z.infer<typeof Neighbor>): Pick<FamilyState, "accepted"> {
  return state.trim() === "Established" && prefixreceived !== undefined ? { accepted: prefixreceived } : {};
}

function summaryPeer(
  vrf: string,
  neighbor: z.infer<typeof Neighbor>,
  family: FamilyState,
  observedAt: number | undefined,
): SummaryPeer {
  const peerAs = toldAsn(neighbor.neighboras);
  const since = instantOf(neighbor.time, observedAt);
  return {
    ...peerKey(vrf, neighbor.neighborid),
    ...stateOf(neighbor.state),
    ...(peerAs !== undefined && { peerAs }),
    ...(since !== undefined && { since }),
    families: [family],
  };
}
