import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { entries, field } from "../switch/evidence.ts";
import { peerKey } from "./eos-peer.ts";
import { longInterfaceName } from "./eos-scalars.ts";

/** The peer's own object in a summary, in a list of neighbors or of BFD, or its port's in a list of interfaces. */
export function partOf(answer: unknown, neighbor: Neighbor): unknown {
  const output = field(answer, "output");
  if (typeof output === "string") {
    return output.split(/^(?=BGP neighbor is )/m).find((block) => {
      const told = /^BGP neighbor is ([^\s,]+)/.exec(block)?.[1];
      return told !== undefined && isPeer(neighbor, told) && block.includes(`VRF ${neighbor.vrf}\n`);
    });
  }
  const vrf = field(field(answer, "vrfs"), neighbor.vrf);
  const list = field(vrf, "peerList");
  if (Array.isArray(list)) return list.find((peer) => isPeer(neighbor, field(peer, "peerAddress")));
  const keyed = ["peers", "ipv4Neighbors", "ipv6Neighbors"].flatMap((name) => entries(field(vrf, name)));
  const entry = keyed.find(([key]) => isPeer(neighbor, key));
  if (entry) return { [entry[0]]: entry[1] };
  if (neighbor.interface === undefined) return undefined;
  for (const name of ["interfaces", "lldpNeighbors"]) {
    const port = field(field(answer, name), longInterfaceName(neighbor.interface));
    if (port !== undefined) return { [neighbor.interface]: port };
  }
  return undefined;
}

function isPeer(neighbor: Neighbor, told: unknown): boolean {
  if (typeof told !== "string") return false;
  const { address, name } = peerKey(neighbor.vrf, told);
  return address === undefined ? name === neighbor.name : address === neighbor.neighborAddress;
}
