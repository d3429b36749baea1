import type { AddressFamily } from "../../../lib/bgp/address-family.ts";

const FAMILY: ReadonlyMap<string, AddressFamily> = new Map([
  ["ipv4unicast", "ipv4-unicast"],
  ["ipv6unicast", "ipv6-unicast"],
  ["l2vpnevpn", "l2vpn-evpn"],
  ["ipv4vpn", "ipv4-vpn"],
  ["ipv6vpn", "ipv6-vpn"],
]);

/** `ipv4Unicast`, or `IPv4 Unicast` as FRR 4 and Cumulus Linux 3 write it. */
export function familyOf(name: string): AddressFamily {
  return FAMILY.get(name.toLowerCase().replaceAll(/[^a-z0-9]/g, "")) ?? "other";
}
