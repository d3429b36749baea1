/** Address families that a session may carry, named as OpenConfig does (AFI and SAFI: RFC 4760). */
export const ADDRESS_FAMILIES = [
  "ipv4-unicast",
  "ipv6-unicast",
  "l2vpn-evpn",
  "ipv4-vpn",
  "ipv6-vpn",
  "other",
] as const;

export type AddressFamily = (typeof ADDRESS_FAMILIES)[number];

export const ADDRESS_FAMILY_NAME: Record<AddressFamily, string> = {
  "ipv4-unicast": "IPv4",
  "ipv6-unicast": "IPv6",
  "l2vpn-evpn": "EVPN",
  "ipv4-vpn": "VPNv4",
  "ipv6-vpn": "VPNv6",
  other: "other",
};
