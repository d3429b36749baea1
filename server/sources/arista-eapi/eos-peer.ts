import { canonicalAddress } from "../../../lib/net/address.ts";
import { isLinkLocal6, type PeerKey, withoutZone } from "../switch/peer.ts";
import { longInterfaceName } from "./eos-scalars.ts";

/**
 * EOS names an unnumbered peer by its link-local address and the port: `fe80::1%Et3`; in a list of neighbors the port
 * may stand beside it. The zone becomes the port's long name, so that all answers name one peer alike.
 */
export function peerKey(vrf: string, told: string, ifName?: string): PeerKey {
  const canonical = canonicalAddress(told);
  if (canonical === undefined) return { vrf, key: told, name: told, ...(ifName && { interface: ifName }) };
  const { bare, zone } = withoutZone(canonical);
  const port = longInterfaceName(ifName || zone || "");
  const address = port && (zone !== undefined || isLinkLocal6(bare)) ? `${bare}%${port}` : bare;
  return { vrf, key: address, address, ...(port && { interface: port }) };
}
