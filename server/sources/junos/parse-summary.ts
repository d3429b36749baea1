import { parseSessionState } from "../../../lib/bgp/session-state.ts";
import type { FamilyState } from "../../../lib/fabric/neighbor.ts";
import { parseAsn } from "../../../lib/net/asn.ts";
import type { SummaryPeer } from "../switch/peer.ts";
import { toldAsn, wordsOf } from "../switch/scalars.ts";
import { childrenOf, countOf, type Element, neededNamed, secondsOf, textOf } from "./element.ts";
import { ribOf } from "./junos-family.ts";
import { peerKey, withoutPort } from "./junos-peer.ts";
import { countsIn } from "./parse-neighbors.ts";

export type JunosSummaryPeer = SummaryPeer & { readonly flaps?: number };

/**
 * `get-bgp-summary-information` (`show bgp summary`): peers of all instances. It does not name the instance of a peer:
 * `instanceOf` does, from what the neighbors told; else the tables of the peer show it.
 *
 * @throws SyntaxError for anything else.
 */
export function parseSummary(
  reply: Element,
  observedAt?: number,
  instanceOf: (address: string, peerAs: number | undefined) => string | undefined = () => undefined,
): readonly JunosSummaryPeer[] {
  return neededNamed(reply, "bgp-information")
    .flatMap((all) => childrenOf(all, "bgp-peer"))
    .map((peer) => {
      const told = withoutPort(textOf(peer, "peer-address") ?? "");
      if (!told) throw new SyntaxError("a <bgp-peer> without <peer-address>");
      const word = textOf(peer, "peer-state") ?? "";
      const state = parseSessionState(word);
      if (!state) throw new SyntaxError(`${JSON.stringify(word.slice(0, 40))} is no BGP state that we know`);
      const peerAs = toldAsn(parseAsn(textOf(peer, "peer-as")));
      const vrf = instanceOf(told, peerAs) ?? vrfByTables(peer);
      const ageSec = secondsOf(peer, "elapsed-time");
      const description = wordsOf(textOf(peer, "description") ?? "", 1_000);
      const flaps = countOf(peer, "flap-count");
      return {
        ...peerKey(vrf, told),
        state,
        ...(peerAs !== undefined && { peerAs }),
        ...(ageSec !== undefined &&
          observedAt !== undefined && { since: Math.round(observedAt / 1000 - ageSec) * 1000 }),
        ...(description && { description }),
        ...(flaps !== undefined && { flaps }),
        families: familiesOf(peer, vrf),
      };
    });
}

/** A table of the master instance makes it a peer of that; else the one instance whose unicast table it fills. */
function vrfByTables(peer: Element): string {
  const ribs = childrenOf(peer, "bgp-rib").map((rib) => ribOf(textOf(rib, "name") ?? ""));
  const own = ribs.filter(({ primary }) => primary);
  return own.find(({ vrf }) => vrf === "default")?.vrf ?? own[0]?.vrf ?? "default";
}

function familiesOf(peer: Element, vrf: string): FamilyState[] {
  const families = new Map<FamilyState["family"], FamilyState>();
  for (const rib of childrenOf(peer, "bgp-rib")) {
    const { family, primary, vrf: of } = ribOf(textOf(rib, "name") ?? "");
    if (primary && (of === vrf || of === "default")) families.set(family, { family, ...countsIn(rib) });
  }
  return [...families.values()];
}
