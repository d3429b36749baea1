import type { End } from "./end.ts";
import { isUp } from "./end.ts";
import type { Plan } from "./plan.ts";
import { LEAVES_PER_RACK } from "./size.ts";

/** IPv4 prefix counts as each speaker holds them. */
export interface Routes {
  /** What this end holds from its peer; 0 while the end is down. */
  received(end: End): number;
  /** What this end announces to its peer; 0 while the end is down. */
  advertised(end: End): number;
  /** Of the received, those that the device chose. Equal paths: the first session wins, the others keep their own extras. */
  best(end: End): number;
  /** Prefixes in the device's table, its own included. */
  table(device: string): number;
}

interface Joined {
  readonly ends: readonly [End, End];
}

/**
 * Counts prefixes instead of carrying them. Who announces what: a node its pod blocks; a leaf its loopback, and all that
 * it knows; a spine the same. An AS path never returns to an AS that is in it, and the sender already sees to that, so
 * that what one end received is what the other sent, whenever both are up. Leaves of a rack share an AS, as do spines.
 */
export function routesOf(plan: Plan, sessions: readonly Joined[]): Routes {
  const spines = plan.size.spines;
  const racks = plan.size.racks;
  const allLeaves = (1 << LEAVES_PER_RACK) - 1;

  /** Bit i: leaf i of the rack and this spine hold their session (as the one that would learn sees it). */
  const spineHears = Array.from({ length: spines }, () => new Uint8Array(racks));
  const leafHears = Array.from({ length: racks * LEAVES_PER_RACK }, () => new Uint8Array(spines));
  /** Prefixes of a rack's nodes that are reached through at least one of the leaves in the mask. */
  const nodePrefixes = Array.from({ length: racks }, () => new Float64Array(allLeaves + 1));

  const position = new Map<string, number>();
  const byName = new Map(plan.devices.map((device) => [device.name, device]));
  const counts = { spine: 0, leaf: 0, node: 0 };
  for (const device of plan.devices) position.set(device.name, counts[device.role]++);
  const at = (end: End) => position.get(end.device.name) ?? 0;
  const leafBit = (leaf: number) => 1 << (leaf % LEAVES_PER_RACK);

  const nodeSeen = new Map<string, { rack: number; mask: number; own: number; extra: number[] }>();
  for (const { ends } of sessions) {
    const [upper, lower] = ends;
    if (upper.device.role === "spine") {
      const row = spineHears[at(upper)];
      const leaf = at(lower);
      if (row && isUp(upper))
        row[lower.device.rackIndex ?? 0] = (row[lower.device.rackIndex ?? 0] ?? 0) | leafBit(leaf);
      const heard = leafHears[leaf];
      if (heard && isUp(lower)) heard[at(upper)] = 1;
    } else if (isUp(upper)) {
      const name = lower.device.name;
      const seen = nodeSeen.get(name) ?? {
        rack: lower.device.rackIndex ?? 0,
        mask: 0,
        own: lower.device.blocks.length,
        extra: [],
      };
      seen.mask |= leafBit(at(upper));
      seen.extra[at(upper) % LEAVES_PER_RACK] = lower.extraPrefixes;
      nodeSeen.set(name, seen);
    }
  }
  for (const { rack, mask, own, extra } of nodeSeen.values()) {
    const row = nodePrefixes[rack];
    for (let through = 1; row && through <= allLeaves; through++) {
      if ((mask & through) === 0) continue;
      const more = extra.reduce(
        (most, count, i) => ((through & mask & (1 << i)) !== 0 ? Math.max(most, count) : most),
        0,
      );
      row[through] = (row[through] ?? 0) + own + more;
    }
  }

  /** What lies in a rack, seen through these of its leaves: their loopbacks, and the nodes behind them. */
  const inRack = (rack: number, mask: number) => bits(mask) + (nodePrefixes[rack]?.[mask] ?? 0);
  const overRacks = (count: (rack: number) => number) => {
    let sum = 0;
    for (let rack = 0; rack < racks; rack++) sum += count(rack);
    return sum;
  };
  const spineTable = Array.from({ length: spines }, (_, s) =>
    once(() => 1 + overRacks((r) => inRack(r, spineHears[s]?.[r] ?? 0))),
  );

  /** Through the spines in `which`: their loopbacks and the other racks. */
  const remote = (leaf: number, which: (spine: number) => boolean) => {
    const home = Math.floor(leaf / LEAVES_PER_RACK);
    const heard = Array.from({ length: spines }, (_, s) => s).filter((s) => which(s) && leafHears[leaf]?.[s] === 1);
    return (
      heard.length +
      overRacks((r) =>
        r === home
          ? 0
          : inRack(
              r,
              heard.reduce((mask, s) => mask | (spineHears[s]?.[r] ?? 0), 0),
            ),
      )
    );
  };
  const ownNodes = (leaf: number) => nodePrefixes[Math.floor(leaf / LEAVES_PER_RACK)]?.[leafBit(leaf)] ?? 0;
  const leafTable = Array.from(leafHears, (_, leaf) => once(() => 1 + ownNodes(leaf) + remote(leaf, () => true)));

  const sent = (end: End): number => {
    const { device, peer } = end;
    if (device.role === "node") return device.blocks.length + end.extraPrefixes;
    if (device.role === "spine")
      return (
        (spineTable[at(end)]?.() ?? 0) - inRack(peer.rackIndex ?? 0, spineHears[at(end)]?.[peer.rackIndex ?? 0] ?? 0)
      );
    if (peer.role === "spine") return 1 + ownNodes(at(end));
    const learned = isUp(end)
      ? peer.blocks.length + (nodeSeen.get(peer.name)?.extra[at(end) % LEAVES_PER_RACK] ?? 0)
      : 0;
    return (leafTable[at(end)]?.() ?? 0) - learned;
  };
  const other = (end: End): End | undefined => sessions[end.port.link]?.ends[end.port.side === 0 ? 1 : 0];
  const received = (end: End): number => {
    const far = other(end);
    return far && isUp(end) ? sent(far) : 0;
  };

  return {
    received,
    advertised: (end) => (isUp(end) ? sent(end) : 0),
    best(end) {
      if (end.device.role !== "node" && end.peer.role !== "spine") return received(end);
      let earlier = 0;
      for (const port of end.device.ports) {
        if (port === end.port) break;
        const before = sessions[port.link]?.ends[port.side];
        if (before && before.peer.role === end.peer.role) earlier = Math.max(earlier, received(before));
      }
      // The peer's own loopback is never heard elsewhere.
      return earlier === 0 ? received(end) : Math.min(received(end), 1 + Math.max(0, received(end) - earlier));
    },
    table(name) {
      const device = byName.get(name);
      const index = position.get(name) ?? 0;
      if (device?.role === "spine") return spineTable[index]?.() ?? 0;
      if (device?.role === "leaf") return leafTable[index]?.() ?? 0;
      return device?.blocks.length ?? 0;
    },
  };
}

function bits(mask: number): number {
  let count = 0;
  for (let left = mask; left > 0; left >>= 1) count += left & 1;
  return count;
}

function once(compute: () => number): () => number {
  let value: number | undefined;
  return () => {
    value ??= compute();
    return value;
  };
}
