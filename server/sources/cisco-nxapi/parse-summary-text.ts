import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import { parseAsn } from "../../../lib/net/asn.ts";
import { joinKey, type Speaker, type Summary, type SummaryPeer } from "../switch/peer.ts";
import { toldAddress, toldAsn } from "../switch/scalars.ts";
import { familyOf } from "./nxos-family.ts";
import { peerKey, stateOf } from "./nxos-peer.ts";
import { instantOf } from "./nxos-scalars.ts";

const HEADING = /^BGP summary information for VRF (\S+), address family (.+?)\s*$/;
const SPEAKER = /^BGP router identifier (\S+), local AS number (\S+)/;
const COLUMNS = /^Neighbor\s+V\s+AS\s/;
/** Version, AS, five counters, age, then a state or a number of prefixes. */
const FIGURES = /^\s*\d+\s+([\d.]+)\s+\d+\s+\d+\s+\d+\s+\d+\s+\d+\s+(\S+)\s+(\S.*?)\s*$/;

/**
 * `show bgp all summary vrf all` as text. A long address and a long AS each push the figures into the next line.
 *
 * @throws SyntaxError when no family of a VRF stands in it, or a row cannot be read.
 */
export function parseSummaryText(text: string, observedAt?: number): Summary {
  const peers = new Map<string, SummaryPeer>();
  const speakers = new Map<string, Speaker>();
  let at: { vrf: string; family: AddressFamily } | undefined;
  let inTable = false;
  let row = "";
  for (const line of text.split(/\r?\n/)) {
    const heading = HEADING.exec(line);
    if (heading) {
      if (row) throw unreadable(row);
      at = { vrf: heading[1] ?? "", family: familyOf(heading[2] ?? "") };
      if (!speakers.has(at.vrf)) speakers.set(at.vrf, {});
      inTable = false;
    }
    const speaker = at && SPEAKER.exec(line);
    if (at && speaker) {
      const routerId = toldAddress(speaker[1]);
      const asn = toldAsn(parseAsn(speaker[2]));
      speakers.set(at.vrf, { ...(asn !== undefined && { asn }), ...(routerId && { routerId }) });
    }
    if (COLUMNS.test(line)) {
      inTable = true;
      continue;
    }
    if (!at || !inTable || heading) continue;
    if (line.trim() === "") {
      if (row) throw unreadable(row);
      continue;
    }
    row = row ? `${row} ${line.trim()}` : line.trim();
    const [, address = "", rest = ""] = /^(\S+)\s*(.*)$/.exec(row) ?? [];
    const figures = FIGURES.exec(rest);
    if (!figures) continue;
    row = "";
    const [, as, age, word = ""] = figures;
    const counted = /^\d+$/.test(word);
    const peerAs = toldAsn(parseAsn(as));
    const since = instantOf(age, observedAt);
    const peer: SummaryPeer = {
      ...peerKey(at.vrf, address),
      ...stateOf(counted ? "Established" : word),
      ...(peerAs !== undefined && { peerAs }),
      ...(since !== undefined && { since }),
      families: [{ family: at.family, ...(counted && { accepted: Number(word) }) }],
    };
    const known = peers.get(joinKey(peer));
    peers.set(joinKey(peer), known ? { ...known, families: [...known.families, ...peer.families] } : peer);
  }
  if (row) throw unreadable(row);
  if (speakers.size === 0) throw new SyntaxError('no line "BGP summary information for VRF ..." in it');
  return { peers: [...peers.values()], speakers };
}

function unreadable(row: string): SyntaxError {
  return new SyntaxError(`${JSON.stringify(row.slice(0, 80))} is no row of a BGP summary`);
}
