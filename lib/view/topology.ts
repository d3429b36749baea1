import type { SessionStatus } from "../fabric/session.ts";
import { standing, waysOf } from "./redundancy.ts";
import { type TopologyLink, worstOf } from "./topology-link.ts";
import { toldLinks } from "./topology-links.ts";
import { type DevicePlace, type RackShape, shapeOf, type TopologyShape } from "./topology-shape.ts";
import type { FabricView, SessionRow } from "./view.ts";
import { type Watched, watchedOf } from "./watched.ts";

/** The fabric as tiers, racks and lines. Made from each view in turn; what did not change is the same object as before. */
export interface Topology {
  readonly shape: TopologyShape;
  readonly devices: ReadonlyMap<string, TopologyDevice>;
  /** By `RackShape.key`, in the order of the drawing. */
  readonly racks: ReadonlyMap<string, TopologyRack>;
  readonly links: ReadonlyMap<string, TopologyLink>;
  /** Sessions by status; the lines of the map may be fewer. */
  readonly counts: Readonly<Record<SessionStatus, number>>;
  /** Sessions of which one end is no device of the inventory: told in words and in the table, not drawn. */
  readonly unplaced: readonly SessionRow[];
  /** What it was made from, so that the next one need only look at what differs. */
  readonly rows: FabricView["sessions"];
}

export interface TopologyDevice extends DevicePlace {
  readonly name: string;
  readonly asn?: number;
  /** It has sources, and none of them answers now; its lines may still be seen from their other ends. */
  readonly silent: boolean;
  /** Last good answer of any of its sources, kept up to date only while it is silent; epoch ms. */
  readonly seenAt?: number;
  /** Of the device as a whole: `up` while every direction it needs has a way left. */
  readonly status: SessionStatus;
  /** Of a node: whether it has every way out, as `redundancy` counts them. */
  readonly full: boolean;
  /** In the order in which they were first told. */
  readonly links: readonly TopologyLink[];
}

export interface TopologyRack extends RackShape {
  /** Nodes with every way out, as `redundancy` counts them. */
  readonly full: number;
  readonly status: SessionStatus;
  /** Present when all of its leaves and nodes are silent: when one was last heard; epoch ms. */
  readonly lastSeenAt?: number;
}

export function topologyOf(view: FabricView, before?: Topology): Topology {
  const shape = shapeOf(view.devices, before?.shape);
  const { links, counts, unplaced, linksAt } = toldLinks(view, shape, before);

  const devices = new Map<string, TopologyDevice>();
  const news = new Set<string>();
  for (const [name, place] of shape.places) {
    const row = view.devices.get(name);
    const sources = row?.sources ?? [];
    const { watched, heardAt: seenAt } = watchedOf(sources, view.sources, view.asOf);
    const silent = watched === "silent";
    const own = linksAt(name);
    const old = before?.devices.get(name);
    const still = old && old.asn === row?.asn && old.silent === silent && (!silent || old.seenAt === seenAt);
    if (still && sameInOrder(old.links, own) && samePlace(old, place)) {
      devices.set(name, old);
      continue;
    }
    const device = {
      name,
      ...place,
      ...(row?.asn !== undefined && { asn: row.asn }),
      silent,
      ...(seenAt !== undefined && { seenAt }),
      links: own,
    };
    const sides = directionsOf(device, shape);
    const status = statusOf(device, sides, watched);
    const full =
      place.tier === "node" &&
      standing(
        waysOf(
          name,
          sides.up.flatMap((link) => link.sessions),
          watched,
        ),
      ) === "full";
    devices.set(name, { ...device, status, full });
    if (place.rack !== undefined) news.add(place.rack);
  }

  const racks = new Map<string, TopologyRack>();
  for (const rack of shape.racks) {
    const old = before?.racks.get(rack.key);
    if (old && before?.shape === shape && !news.has(rack.key)) {
      racks.set(rack.key, old);
      continue;
    }
    const now = rackOf(rack, devices);
    racks.set(rack.key, old && sameRack(old, now) ? old : now);
  }
  return { shape, devices, racks, links, counts, unplaced, rows: view.sessions };
}

const TIER: Record<DevicePlace["tier"], number> = { top: 0, middle: 1, leaf: 1, node: 2 };

/** Links of a device towards the spines, towards the nodes, and to its equals. */
export function directionsOf(
  device: Pick<TopologyDevice, "name" | "tier" | "links">,
  shape: TopologyShape,
): Record<"up" | "down" | "level", TopologyLink[]> {
  const up: TopologyLink[] = [];
  const down: TopologyLink[] = [];
  const level: TopologyLink[] = [];
  for (const link of device.links) {
    const other = shape.places.get(link.near === device.name ? link.far : link.near);
    const step = TIER[other?.tier ?? device.tier] - TIER[device.tier];
    (step < 0 ? up : step > 0 ? down : level).push(link);
  }
  return { up, down, level };
}

/** A device is worth a mark when one of its directions has no way left, a node already when one way is lost. */
function statusOf(
  device: Pick<TopologyDevice, "tier" | "silent" | "links">,
  { up, down, level }: ReturnType<typeof directionsOf>,
  watched: Watched,
): SessionStatus {
  const told = (links: readonly TopologyLink[]) => links.map((link) => link.status);

  if (device.tier === "node") {
    const ways = told(up.length > 0 ? up : level);
    if (ways.length === 0) return watched === "answers" ? "down" : "unknown";
    if (ways.every((status) => status === "up")) return device.silent ? "unknown" : "up";
    return ways.includes("up") ? "degraded" : (worstOf(ways) ?? "unknown");
  }
  const lost = [told(up), told(down)].filter((side) => side.length > 0 && !side.includes("up"));
  const worst = worstOf(lost.flat());
  if (device.silent) return worst === "down" ? "down" : "unknown";
  return worst ?? (device.links.length > 0 || watched === "answers" ? "up" : "unknown");
}

function rackOf(rack: RackShape, devices: ReadonlyMap<string, TopologyDevice>): TopologyRack {
  const nodes = rack.nodes.flatMap((name) => devices.get(name) ?? []);
  const leaves = rack.leaves.flatMap((name) => devices.get(name) ?? []);
  const members = [...leaves, ...nodes];
  const full = nodes.filter((node) => node.full).length;

  const dark = members.length > 0 && members.every((device) => device.silent);
  const lastSeenAt = dark ? Math.max(...members.map((device) => device.seenAt ?? 0)) : 0;
  return { ...rack, full, status: dark ? "unknown" : rackStatus(leaves, nodes), ...(lastSeenAt > 0 && { lastSeenAt }) };
}

/** A node without a way is a loss; a node or a leaf with fewer ways is redundancy lost. */
function rackStatus(leaves: readonly TopologyDevice[], nodes: readonly TopologyDevice[]): SessionStatus {
  const told = new Set(nodes.map((node) => node.status));
  if (told.has("down")) return "down";
  const weak = told.has("degraded") || leaves.some(({ status }) => status === "down" || status === "degraded");
  return weak ? "degraded" : (worstOf([...told, ...leaves.map((leaf) => leaf.status)]) ?? "up");
}

function sameRack(a: TopologyRack, b: TopologyRack): boolean {
  return (
    a.leaves === b.leaves &&
    a.nodes === b.nodes &&
    a.full === b.full &&
    a.status === b.status &&
    a.lastSeenAt === b.lastSeenAt
  );
}

function samePlace(a: DevicePlace, b: DevicePlace): boolean {
  return a.role === b.role && a.rack === b.rack;
}

function sameInOrder<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}
