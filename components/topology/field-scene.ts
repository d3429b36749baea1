import type { SessionStatus } from "../../lib/fabric/session.ts";
import { directionsOf, type Topology, type TopologyDevice, type TopologyRack } from "../../lib/view/topology.ts";
import { worstOf } from "../../lib/view/topology-link.ts";
import { clockText } from "../ui/format-time.ts";
import { labelWidth } from "./label.ts";
import { isClose, type Layout, type RackPlace, type Rect } from "./layout.ts";
import type { Overlay } from "./overlay.ts";
import type { Palette } from "./palette.ts";
import { type RackTicks, ticksOf } from "./ticks.ts";

/** What the field draws: the ticks of every node, in density `field` the nodes themselves, in a close layout the signs. */
export interface FieldScene {
  readonly layout: Layout;
  readonly ticks: ReadonlyMap<string, RackTicks>;
  /** Of each rack the nodes, by index, that rest on old answers: hatched. */
  readonly stale: ReadonlyMap<string, readonly number[]>;
  /** Racks that nobody hears: hatched. */
  readonly dark: ReadonlySet<string>;
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly signs: readonly Sign[];
  readonly counts: readonly Count[];
  readonly palette: Palette;
}

/** A mark within a box or a rack; `x`, `y` is its middle. */
export interface Sign {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly status: Exclude<SessionStatus, "up">;
}

/** `x` is the right end of the text, `y` the middle of its line. */
export interface Count {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export function fieldOf(
  topology: Topology,
  layout: Layout,
  overlay: Overlay,
  now: number,
  palette: Palette,
): FieldScene {
  const racks = [...topology.racks.values()];
  const keys = [...layout.racks.keys()];
  return {
    layout,
    ticks: new Map(keys.map((key) => [key, ticksOf(topology, key, layout.density, overlay, now)])),
    stale: new Map(
      racks.flatMap((rack) => {
        const some = staleOf(rack, topology);
        return some.length > 0 ? [[rack.key, some] as const] : [];
      }),
    ),
    dark: new Set(racks.filter((rack) => rack.lastSeenAt !== undefined).map((rack) => rack.key)),
    names: new Map(racks.map((rack) => [rack.key, rack.nodes])),
    ...(isClose(layout) ? smallSigns(topology, layout) : { signs: [], counts: [] }),
    palette,
  };
}

/** A node of which something is told that nobody has said lately. */
function staleOf(rack: TopologyRack, topology: Topology): readonly number[] {
  const stale: number[] = [];
  for (const [index, name] of rack.nodes.entries()) {
    if (topology.devices.get(name)?.links.some((link) => link.stale && link.near === name)) stale.push(index);
  }
  return stale;
}

/**
 * Of a large fabric these change by the hundred at once. As elements of cytoscape each would cost a new picture of its
 * text and a new drawing of the whole stage; here they are drawn with the ticks beside them.
 */
function smallSigns(topology: Topology, layout: Layout): Pick<FieldScene, "signs" | "counts"> {
  const signs: Sign[] = [];
  const counts: Count[] = [];
  const put = (status: SessionStatus, size: number, x: number, y: number) => {
    if (status !== "up") signs.push({ x, y, size, status });
  };
  for (const [key, place] of layout.racks) {
    const rack = topology.racks.get(key);
    if (!rack) continue;
    const { right, y } = headOf(place);
    put(rack.status, 9, right - 4.5, y);
    counts.push({ x: right - (rack.status === "up" ? 0 : 16), y, text: countOf(rack, layout) });
  }
  for (const [name, box] of layout.boxes) {
    const device = topology.devices.get(name);
    if (device && isSmall(box)) put(worstHere(device, topology), 8, box.x + box.w - 7, box.y + box.h / 2);
  }
  return { signs, counts };
}

export function isSmall(box: Rect): boolean {
  return box.h < 40;
}

/** Head of a rack in a close layout. */
export function headOf(place: RackPlace): { readonly right: number; readonly y: number } {
  return { right: place.x + place.w - 8, y: place.y + 15 };
}

/** Room that a rack's count and sign may take in a close layout, whatever they come to be. */
export function reservedRoom(rack: TopologyRack): number {
  const { length } = rack.nodes;
  return Math.max(labelWidth(`${length} / ${length}`, 12), labelWidth("not seen", 12)) + 28;
}

/** Nodes with all their ways, of how many; of a rack that is not seen, since when. */
export function countOf(rack: TopologyRack, layout: Layout): string {
  if (rack.lastSeenAt !== undefined) return isClose(layout) ? "not seen" : `last seen ${clockText(rack.lastSeenAt)}`;
  if (rack.nodes.length === 0) return "no nodes";
  return layout.density === "chips" ? `${rack.full} of ${rack.nodes.length}` : `${rack.full} / ${rack.nodes.length}`;
}

/** Where leaves sit on their tile no line leads to the rack: the leaf itself tells the worst of its links. */
function worstHere(device: TopologyDevice, topology: Topology): SessionStatus {
  if (device.tier !== "leaf") return device.status;
  const { down } = directionsOf(device, topology.shape);
  return worstOf([device.status, ...down.map((link) => link.status)]) ?? device.status;
}
