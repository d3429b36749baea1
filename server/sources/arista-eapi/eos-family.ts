import type { AddressFamily } from "../../../lib/bgp/address-family.ts";

const BY_NAME: ReadonlyMap<string, AddressFamily> = new Map([
  ["ipv4unicast", "ipv4-unicast"],
  ["ipv6unicast", "ipv6-unicast"],
  ["l2vpnevpn", "l2vpn-evpn"],
  ["evpn", "l2vpn-evpn"],
  ["ipv4mplsvpn", "ipv4-vpn"],
  ["vpnipv4", "ipv4-vpn"],
  ["ipv6mplsvpn", "ipv6-vpn"],
  ["vpnipv6", "ipv6-vpn"],
]);

/** EOS writes `l2VpnEvpn` in JSON, `L2VPN EVPN` or `EVPN` in text. */
export function familyOf(name: string): AddressFamily {
  return BY_NAME.get(name.toLowerCase().replaceAll(/[^a-z0-9]/g, "")) ?? "other";
}

/** Keys of a peer that hold a family's own object, as `show bgp summary` writes them. */
export const FAMILY_KEY = /^(ipv[46]|l2Vpn|bgpLs|rtMembership|dps|linkState)[A-Za-z0-9]*$/;
