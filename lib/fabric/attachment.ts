/**
 * Where an address stands: its neighbor entry (ARP, ND) tells MAC and interface, the MAC table the port behind a VLAN
 * interface, LLDP who is at that port. MAC addresses are lower case with colons, interface names long.
 */

export interface AddressBinding {
  /** Canonical. */
  readonly address: string;
  readonly macAddress: string;
  readonly interface: string;
  /** The port behind a VLAN interface, where the device tells it in the same breath. */
  readonly port?: string;
  /** Absent where the device does not say of which. */
  readonly vrf?: string;
  readonly ageSec?: number;
  readonly static?: boolean;
}

export interface MacBinding {
  readonly macAddress: string;
  readonly vlan?: number;
  /** A port or port-channel; absent for what lies behind a tunnel or is the device itself. */
  readonly port?: string;
  /** VXLAN tunnel end behind which it lies. */
  readonly remote?: string;
  readonly kind: "dynamic" | "static" | "self";
}

/** Lower case with colons, from `4438.39ba.d234`, `44-38-39-BA-D2-34` or colons already; undefined for anything else. */
export function canonicalMac(text: string): string | undefined {
  const digits = text.trim().toLowerCase().replaceAll(/[.:-]/g, "");
  return /^[0-9a-f]{12}$/.test(digits) ? (digits.match(/../g) ?? []).join(":") : undefined;
}
