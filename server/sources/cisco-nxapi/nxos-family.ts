import type { AddressFamily } from "../../../lib/bgp/address-family.ts";

const BY_NAME: ReadonlyMap<string, AddressFamily> = new Map([
  ["ipv4 unicast", "ipv4-unicast"],
  ["ipv6 unicast", "ipv6-unicast"],
  ["l2vpn evpn", "l2vpn-evpn"],
  ["vpnv4 unicast", "ipv4-vpn"],
  ["vpnv6 unicast", "ipv6-vpn"],
]);

/** `IPv4 Unicast`, as every answer of NX-OS writes it. */
export function familyOf(name: string): AddressFamily {
  return BY_NAME.get(name.trim().toLowerCase()) ?? "other";
}
