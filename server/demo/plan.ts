import { seededRandom } from "./random.ts";
import { checkSize, type FabricSize, LEAVES_PER_RACK } from "./size.ts";

/** What a device runs. `bird-1` is Calico's fork of BIRD 1.6, `bird-2` is BIRD 2. */
export type System = "eos" | "bird-1" | "bird-2";

export interface PlannedPort {
  readonly name: string;
  readonly address: string;
  readonly peerAddress: string;
  readonly mac: string;
  readonly link: number;
  /** Which end of the link this port is: 0 the upper tier, 1 the lower. */
  readonly side: 0 | 1;
}

export interface PlannedDevice {
  readonly name: string;
  readonly role: "spine" | "leaf" | "node";
  readonly rack?: string;
  /** Position of the rack; absent for spines. */
  readonly rackIndex?: number;
  readonly system: System;
  readonly asn: number;
  /** Also the router id. */
  readonly loopback: string;
  readonly mac: string;
  readonly serial: string;
  readonly ports: PlannedPort[];
  /** Pod blocks that the node announces; empty for switches. */
  readonly blocks: readonly string[];
}

/** A cable, and the one session that runs over it. Devices by their position in `Plan.devices`. */
export interface PlannedLink {
  readonly kind: "tor-spine" | "node-tor";
  readonly upper: number;
  readonly lower: number;
}

export interface Plan {
  readonly size: FabricSize;
  readonly devices: readonly PlannedDevice[];
  readonly links: readonly PlannedLink[];
}

const SPINE_AS = 65_000;
const FIRST_RACK_AS = 65_101;
const FIRST_NODE_AS = 65_201;
const LAST_PRIVATE_AS = 65_534;
const FIRST_WIDE_AS = 4_200_000_001;
const RACKS_BEFORE_NODES = FIRST_NODE_AS - FIRST_RACK_AS;
const FIRST_WIDE_RACK_AS = 4_210_000_001;

/** The invented fabric: who there is, how it is cabled and numbered. The same size and seed give the same plan. */
export function planFabric(wanted: FabricSize, seed: number): Plan {
  const size = checkSize(wanted);
  const random = seededRandom(seed);
  const devices: PlannedDevice[] = [];
  const links: PlannedLink[] = [];
  const leaves = size.racks * LEAVES_PER_RACK;
  const nodes = size.racks * size.nodesPerRack;

  const blocksOf = Array.from({ length: nodes }, () => 1 + random.whole(5));
  const narrow = blocksOf.reduce((sum, count) => sum + count, 0) <= 1024;
  const pool = narrow ? ipv4(10, 244) : ipv4(100, 64);

  const add = (device: Omit<PlannedDevice, "mac" | "serial" | "ports">): number => {
    const index = devices.length;
    devices.push({ ...device, mac: mac(index, 0), serial: `PGL${String(index + 1).padStart(7, "0")}`, ports: [] });
    return index;
  };
  const connect = (kind: PlannedLink["kind"], upper: number, lower: number, names: [string, string], net: number) => {
    const addresses = [dotted(net), dotted(net + 1)] as const;
    for (const side of [0, 1] as const) {
      const device = devices[side === 0 ? upper : lower];
      device?.ports.push({
        name: names[side],
        address: addresses[side],
        peerAddress: addresses[side === 0 ? 1 : 0],
        mac: mac(side === 0 ? upper : lower, device.ports.length + 1),
        link: links.length,
        side,
      });
    }
    links.push({ kind, upper, lower });
  };

  const spines = Array.from({ length: size.spines }, (_, i) =>
    add({
      name: named("spine", i, String(size.spines).length),
      role: "spine",
      system: "eos",
      asn: SPINE_AS,
      loopback: dotted(ipv4(10, 255) + i + 1),
      blocks: [],
    }),
  );
  let nextNode = 0;
  let nextBlock = 0;
  for (let rack = 0; rack < size.racks; rack++) {
    const place = { rack: `r${rack + 1}`, rackIndex: rack };
    const pair = Array.from({ length: LEAVES_PER_RACK }, (_, i) => {
      const n = rack * LEAVES_PER_RACK + i;
      const name = named("leaf", n, String(leaves).length);
      return add({
        name,
        role: "leaf",
        ...place,
        system: "eos",
        asn: rackAs(rack),
        loopback: dotted(ipv4(10, 254) + n + 1),
        blocks: [],
      });
    });
    for (const [i, leaf] of pair.entries()) {
      const n = rack * LEAVES_PER_RACK + i;
      for (const [s, spine] of spines.entries()) {
        const uplink = size.nodesPerRack <= 48 ? `Ethernet${49 + s}/1` : `Ethernet${size.nodesPerRack + 1 + s}/1`;
        connect("tor-spine", spine, leaf, [`Ethernet${n + 1}/1`, uplink], ipv4(10, 10) + 2 * (n * size.spines + s));
      }
    }
    for (let k = 0; k < size.nodesPerRack; k++) {
      const n = nextNode++;
      const count = blocksOf[n] ?? 1;
      const node = add({
        name: named("node", n, Math.max(2, String(nodes).length)),
        role: "node",
        ...place,
        system: n % 2 === 0 ? "bird-1" : "bird-2",
        asn: nodeAs(n),
        loopback: dotted(ipv4(10, 253) + n + 1),
        blocks: Array.from({ length: count }, (_, b) => `${dotted(pool + 64 * (nextBlock + b))}/26`),
      });
      nextBlock += count;
      for (const [i, leaf] of pair.entries()) {
        connect(
          "node-tor",
          leaf,
          node,
          [`Ethernet${k + 1}`, `eth${i + 1}`],
          ipv4(10, 20) + 2 * (n * LEAVES_PER_RACK + i),
        );
      }
    }
  }
  return { size, devices, links };
}

function named(role: string, index: number, width: number): string {
  return `${role}-${String(index + 1).padStart(width, "0")}`;
}

function rackAs(rack: number): number {
  return rack < RACKS_BEFORE_NODES ? FIRST_RACK_AS + rack : FIRST_WIDE_RACK_AS + rack - RACKS_BEFORE_NODES;
}

function nodeAs(node: number): number {
  const short = FIRST_NODE_AS + node;
  return short <= LAST_PRIVATE_AS ? short : FIRST_WIDE_AS + (short - LAST_PRIVATE_AS - 1);
}

function ipv4(a: number, b: number): number {
  return a * 2 ** 24 + b * 2 ** 16;
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** 00:1c:73 is Arista's. */
function mac(device: number, port: number): string {
  const bytes = [(device >> 8) & 0xff, device & 0xff, port & 0xff];
  return ["00", "1c", "73", ...bytes.map((byte) => byte.toString(16).padStart(2, "0"))].join(":");
}
