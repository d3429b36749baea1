import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import { parseAsn } from "../../../lib/net/asn.ts";
import type { Speaker, Summary, SummaryPeer } from "../switch/peer.ts";
import { toldAddress, toldAsn, wordsOf } from "../switch/scalars.ts";
import { peerKey } from "./eos-peer.ts";
import { heldDown, peerState, rawState } from "./peer-state.ts";

const VRF = /^BGP summary information for VRF (\S{1,256})\s*$/;
const SPEAKER = /^Router identifier ([\d.]{7,15}), local AS number ([\d.]{1,21})\s*$/;
const HEADING = /\bNeighbor\s+V\s+AS\s+MsgRcvd\b/;
/** A description may stand before the address; the counts are missing while the session is down. */
const ROW =
  /^ {1,4}(?:m )?(?:.* )?(\S{2,256}) +\d +(\d[\d.]{0,20}) +\d+ +\d+ +\d+ +\d+ +\S+ +([A-Za-z]+(?:\([^()]*\))?)(?: +(\d{1,10}))?(?: +(\d{1,10}))?\s*$/;

/**
 * `show ip bgp summary vrf all` and its like as text. Ages are too coarse for an instant, so none is told.
 *
 * @throws SyntaxError for a text without such a table, or with a row that we cannot read.
 */
export function parseSummaryText(text: string, family: AddressFamily | undefined): Summary {
  const peers: SummaryPeer[] = [];
  const speakers = new Map<string, Speaker>();
  let vrf: string | undefined;
  let table = false;
  for (const long of text.split(/\r?\n/)) {
    const line = long.slice(0, 1_000);
    const begins = VRF.exec(line)?.[1];
    if (begins !== undefined) {
      vrf = begins;
      table = false;
      speakers.set(vrf, {});
      continue;
    }
    if (vrf === undefined) continue;
    const speaker = SPEAKER.exec(line);
    if (speaker) speakers.set(vrf, speakerOf(speaker[1], speaker[2]));
    else if (HEADING.test(line)) table = true;
    else if (table && line.trim() !== "") peers.push(peerOf(vrf, line, family));
  }
  if (vrf === undefined) throw new SyntaxError('no line "BGP summary information for VRF ..." in it');
  return { peers, speakers };
}

function speakerOf(told: string | undefined, number: string | undefined): Speaker {
  const routerId = toldAddress(told);
  const localAs = toldAsn(parseAsn(number));
  return { ...(localAs !== undefined && { asn: localAs }), ...(routerId && { routerId }) };
}

function peerOf(vrf: string, line: string, family: AddressFamily | undefined): SummaryPeer {
  const [, key, number, word, received, accepted] = ROW.exec(line) ?? [];
  const parsed = word === undefined ? undefined : peerState.safeParse(word);
  if (key === undefined || !parsed?.success) {
    throw new SyntaxError(`a row of the summary that we cannot read: ${JSON.stringify(wordsOf(line, 100) ?? "")}`);
  }
  const { state, reason } = parsed.data;
  const peerAs = toldAsn(parseAsn(number));
  const held = heldDown(state, reason);
  const raw = rawState(state, reason);
  return {
    ...peerKey(vrf, key),
    state,
    ...(raw && { rawState: raw }),
    ...(peerAs !== undefined && { peerAs }),
    ...(held && { heldDown: held }),
    families: family
      ? [
          {
            family,
            ...(received !== undefined && { received: Number(received) }),
            ...(accepted !== undefined && { accepted: Number(accepted) }),
          },
        ]
      : [],
  };
}
