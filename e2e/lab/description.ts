/** The lab as plain data: which boxes there are, how they are wired, and who speaks BGP with whom. */

export interface LabOptions {
  /** Becomes part of every namespace's name and of the run directory: two labs of different names never meet. */
  readonly name: string;
  readonly spines: number;
  readonly leaves: number;
  readonly leavesPerRack: number;
  readonly nodes: number;
  readonly timers: Timers;
  /** With BFD, FRR overwrites the reason of nearly every reset with "BFD down received". */
  readonly bfd: boolean;
  readonly gracefulRestart: boolean;
  /** What a leaf takes from one node before it closes the session. Absent: no limit. */
  readonly prefixLimit?: number;
  /** Nodes whose sessions carry a TCP MD5 password. */
  readonly passwordNodes: readonly string[];
  /** `mixed`: odd nodes run 1.6.8 as Calico's fork does, even nodes 2.0.12. */
  readonly bird: "1.6" | "2" | "mixed";
}

export interface Timers {
  readonly keepaliveSec: number;
  readonly holdSec: number;
  /** BIRD's first and longest pause after an error. Calico leaves BIRD's own pair, 5 and 30 s, in force. */
  readonly errorWaitSec: readonly [number, number];
}

export const DEFAULT_LAB: LabOptions = {
  name: "lab",
  spines: 2,
  leaves: 4,
  leavesPerRack: 2,
  nodes: 8,
  timers: { keepaliveSec: 1, holdSec: 3, errorWaitSec: [1, 4] },
  bfd: false,
  gracefulRestart: false,
  prefixLimit: 20,
  passwordNodes: ["node-5"],
  bird: "mixed",
};

export interface LabDevice {
  readonly name: string;
  readonly role: "spine" | "leaf" | "node";
  readonly rack?: string;
  readonly daemon: "frr" | "bird-1.6" | "bird-2";
  readonly asn: number;
  readonly loopback: string;
  /** Pod block of a node, a /26. */
  readonly block?: string;
  readonly namespace: string;
  /** Configuration, sockets, logs and pid files of this device. */
  readonly directory: string;
}

export interface LabEnd {
  readonly device: string;
  readonly interface: string;
  readonly address: string;
}

/** A cable and the one BGP session on it. `lower` stands nearer to the node. */
export interface LabLink {
  readonly lower: LabEnd;
  readonly upper: LabEnd;
  readonly password?: string;
  /** What BIRD calls the session; absent where FRR speaks at both ends. */
  readonly protocol?: string;
}

export interface Lab {
  readonly options: LabOptions;
  /** Every namespace of this lab begins with it, and no other lab's does. */
  readonly prefix: string;
  readonly directory: string;
  readonly devices: readonly LabDevice[];
  readonly links: readonly LabLink[];
}

const NODE_AS = 64512;
const SPINE_AS = 65100;
const LIMITS = { spines: 16, leaves: 32, nodes: 128 } as const;

/** @throws RangeError for a name or a size that the addressing plan, or the kernel's ARP table, does not carry. */
export function describeLab(options: LabOptions = DEFAULT_LAB): Lab {
  refuseWrongOptions(options);
  const prefix = namespacePrefix(options.name);
  const directory = runDirectory(options.name);
  const place = (name: string) => ({ name, namespace: `${prefix}${name}`, directory: `${directory}/${name}` });
  const racks = Math.ceil(options.leaves / options.leavesPerRack);
  const rackOfLeaf = (leaf: number) => Math.ceil(leaf / options.leavesPerRack);
  const rackOfNode = (node: number) => Math.floor(((node - 1) * racks) / options.nodes) + 1;

  const spines = numbers(options.spines).map((n): LabDevice => {
    return { ...place(`spine-${n}`), role: "spine", daemon: "frr", asn: SPINE_AS, loopback: `10.255.0.${n}` };
  });
  const leaves = numbers(options.leaves).map((n): LabDevice => {
    const rack = `r${rackOfLeaf(n)}`;
    return { ...place(`leaf-${n}`), role: "leaf", rack, daemon: "frr", asn: 65000 + n, loopback: `10.255.1.${n}` };
  });
  const nodes = numbers(options.nodes).map((n): LabDevice => {
    const daemon = options.bird === "1.6" || (options.bird === "mixed" && n % 2 === 1) ? "bird-1.6" : "bird-2";
    const rest = { rack: `r${rackOfNode(n)}`, asn: NODE_AS, loopback: `10.255.2.${n}`, block: podBlock(n - 1) };
    return { ...place(`node-${n}`), role: "node", daemon, ...rest };
  });

  const links: LabLink[] = [];
  for (const leaf of numbers(options.leaves)) {
    for (const spine of numbers(options.spines)) {
      links.push({
        lower: { device: `leaf-${leaf}`, interface: `to-spine-${spine}`, address: `10.10.${spine}.${2 * leaf - 1}` },
        upper: { device: `spine-${spine}`, interface: `to-leaf-${leaf}`, address: `10.10.${spine}.${2 * leaf - 2}` },
      });
    }
    const below = numbers(options.nodes).filter((node) => rackOfNode(node) === rackOfLeaf(leaf));
    for (const [place, node] of below.entries()) {
      const port = ((leaf - 1) % options.leavesPerRack) + 1;
      const address = `10.20.${leaf}.${2 * place}`;
      // Calico's confd writes `Node_` for a peering of one node and `Global_` for one that holds for all.
      const protocol = `${port === 1 ? "Node" : "Global"}_${address.replaceAll(".", "_")}`;
      links.push({
        lower: { device: `node-${node}`, interface: `eth${port}`, address: `10.20.${leaf}.${2 * place + 1}` },
        upper: { device: `leaf-${leaf}`, interface: `to-node-${node}`, address },
        protocol,
        ...(options.passwordNodes.includes(`node-${node}`) && { password: "lab-secret" }),
      });
    }
  }
  return { options, prefix, directory, devices: [...spines, ...leaves, ...nodes], links };
}

export function namespacePrefix(name: string): string {
  return `pg-${name}-`;
}

export function runDirectory(name: string): string {
  return `/run/peerglass-lab/${name}`;
}

/** Block number `index` of the pod pool, 10.244.0.0/16 cut into /26s. */
export function podBlock(index: number): string {
  return `10.244.${Math.floor(index / 4)}.${(index % 4) * 64}/26`;
}

/** @throws RangeError that lists what there is. */
export function deviceOf(lab: Lab, name: string): LabDevice {
  const device = lab.devices.find((candidate) => candidate.name === name);
  if (device) return device;
  throw new RangeError(`the lab has no device ${name}; it has ${lab.devices.map((each) => each.name).join(", ")}`);
}

/** @throws RangeError when no cable joins the two. */
export function linkBetween(lab: Lab, one: string, other: string): LabLink {
  const link = lab.links.find(
    ({ lower, upper }) =>
      (lower.device === one && upper.device === other) || (lower.device === other && upper.device === one),
  );
  if (link) return link;
  const to = linksOf(lab, deviceOf(lab, one).name).map((each) => endsFrom(each, one).there.device);
  throw new RangeError(`no link joins ${one} and ${other}; ${one} has links to ${to.join(", ")}`);
}

export function linksOf(lab: Lab, device: string): readonly LabLink[] {
  return lab.links.filter(({ lower, upper }) => lower.device === device || upper.device === device);
}

export function endsFrom(link: LabLink, device: string): { readonly here: LabEnd; readonly there: LabEnd } {
  return link.lower.device === device
    ? { here: link.lower, there: link.upper }
    : { here: link.upper, there: link.lower };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function refuseWrongOptions(options: LabOptions): void {
  if (!/^[a-z0-9]{1,12}$/.test(options.name)) {
    throw new RangeError(`lab name ${JSON.stringify(options.name)}: 1 to 12 lower-case letters and digits`);
  }
  for (const what of ["spines", "leaves", "nodes"] as const) {
    const count = options[what];
    if (!Number.isInteger(count) || count < 1 || count > LIMITS[what]) {
      throw new RangeError(`${count} ${what}: the lab has room for 1 to ${LIMITS[what]}`);
    }
  }
}
