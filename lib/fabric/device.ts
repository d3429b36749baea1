/** Boxes and their ports, in OpenConfig's words. A field is absent when no source told it: never 0, never "". */

export const DEVICE_ROLES = ["spine", "leaf", "node", "border", "route-reflector"] as const;
export type DeviceRole = (typeof DEVICE_ROLES)[number];

/** Top of the drawing first. A session's near end is the one that stands lower. */
export const ROLE_TIER: Record<DeviceRole, number> = { border: 0, spine: 0, "route-reflector": 1, leaf: 1, node: 2 };

/** What the operator's inventory says of a device: who it is, whatever its sources tell. */
export interface InventoryDevice {
  /** Unique in the fabric; what every other record calls the device by. */
  readonly name: string;
  readonly role: DeviceRole;
  readonly rack?: string;
  /** Canonical addresses that are known beforehand: so that a device is recognised by its neighbors before it ever answers. */
  readonly addresses?: readonly string[];
}

/** What a source says of its own device. */
export interface DeviceFacts {
  readonly hostname?: string;
  /** `Arista EOS`, `FRRouting`, `BIRD`. */
  readonly system?: string;
  readonly version?: string;
  readonly model?: string;
  readonly serial?: string;
  readonly routerId?: string;
  readonly asn?: number;
  /** When the box, or the daemon where no box tells, last started; epoch ms. */
  readonly startedAt?: number;
  /** `off`: no BGP is configured. That is an answer, not a failure to answer. */
  readonly bgp?: "on" | "off";
}

export interface Interface {
  readonly name: string;
  /** With prefix length, e.g. `10.20.1.0/31`. */
  readonly addresses: readonly string[];
  readonly adminUp?: boolean;
  readonly operUp?: boolean;
  readonly mtu?: number;
  readonly speedMbps?: number;
  readonly description?: string;
  readonly macAddress?: string;
  readonly vrf?: string;
  /** Cumulative since the device last cleared them. */
  readonly inErrors?: number;
  readonly outErrors?: number;
  /** Epoch ms of the last change of the operational state. */
  readonly changedAt?: number;
  readonly lldp?: LldpNeighbor;
}

/** Who is at the other end of a port (IEEE 802.1AB), as the device spells it. The first that names itself, where several do. */
export interface LldpNeighbor {
  readonly system?: string;
  /** The other end's port: its id where that is a name, else its description. */
  readonly port?: string;
  /** Lower case with colons where it is a MAC address. */
  readonly chassisId?: string;
  /** Canonical. */
  readonly managementAddress?: string;
  /** The other end's own description of its system: vendor and version. At most 200 characters. */
  readonly description?: string;
}

/** What passes through a port. Moves all the time, so that it stands apart from what rarely does. Cumulative since cleared. */
export interface InterfaceTraffic {
  readonly interface: string;
  readonly inOctets?: number;
  readonly outOctets?: number;
  readonly inDiscards?: number;
  readonly outDiscards?: number;
  /** As the device averages them. */
  readonly inBitsPerSec?: number;
  readonly outBitsPerSec?: number;
  /** Times that the link went up or down. */
  readonly linkChanges?: number;
}

export interface Device extends InventoryDevice {
  readonly facts: DeviceFacts;
  /** Its AS as its sessions prove it, where no source of its own tells it (BIRD 1.6). */
  readonly provedAs?: number;
  readonly interfaces: readonly Interface[];
  /** Source ids that tell of this device. */
  readonly sources: readonly string[];
}
