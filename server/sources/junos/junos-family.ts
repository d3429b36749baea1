import type { AddressFamily } from "../../../lib/bgp/address-family.ts";

const BY_NLRI: ReadonlyMap<string, AddressFamily> = new Map([
  ["inet-unicast", "ipv4-unicast"],
  ["inet6-unicast", "ipv6-unicast"],
  ["evpn", "l2vpn-evpn"],
  ["inet-vpn-unicast", "ipv4-vpn"],
  ["inet6-vpn-unicast", "ipv6-vpn"],
]);

/** `inet-unicast inet6-unicast`, as a neighbor offers or agrees. */
export function familiesIn(nlri: string | undefined): readonly AddressFamily[] {
  const names = nlri?.split(/\s+/).filter((name) => name !== "") ?? [];
  return [...new Set(names.map((name) => BY_NLRI.get(name) ?? "other"))];
}

export interface Rib {
  /** `default` for the master instance. */
  readonly vrf: string;
  readonly family: AddressFamily;
  /** Filled by a neighbor itself; the others take in what such a one holds, and would count it twice. */
  readonly primary: boolean;
}

/** `inet.0`, `VRF-A.inet6.0`, `bgp.evpn.0`, `default-switch.evpn.0`: instance and family of a routing table. */
export function ribOf(name: string): Rib {
  const [, instance, table = name] =
    /^(?:(.+)\.)?((?:inet|inet6|evpn|l3vpn|l3vpn-inet6|mpls|iso|mdt|l2vpn)\.\d+)$/.exec(name) ?? [];
  const [kind = "", number] = table.split(".");
  const unicast = kind === "inet" ? "ipv4-unicast" : kind === "inet6" ? "ipv6-unicast" : undefined;
  if (unicast) {
    return {
      vrf: instance === undefined || instance === "master" ? "default" : instance,
      family: number === "0" ? unicast : "other",
      primary: number === "0",
    };
  }
  const carried =
    kind === "evpn" ? "l2vpn-evpn" : kind === "l3vpn" ? "ipv4-vpn" : kind === "l3vpn-inet6" ? "ipv6-vpn" : "other";
  const own = instance === "bgp";
  return {
    vrf: own || instance === undefined ? "default" : instance,
    family: carried,
    primary: own && carried !== "other",
  };
}
