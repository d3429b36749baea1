import type { Topology, TopologyDevice, TopologyRack } from "../../lib/view/topology.ts";
import { directionsOf } from "../../lib/view/topology.ts";
import { worstOf } from "../../lib/view/topology-link.ts";
import { clockText } from "../ui/format-time.ts";
import { ANCHORS, type Scene, type StageElement } from "./element.ts";
import { fitted, labelWidth } from "./label.ts";
import { chipRect, type Layout, type RackPlace, type Rect } from "./layout.ts";
import { putLinks } from "./link-elements.ts";

/** Everything on the stage for this topology at this layout. Same values in, equal elements out. */
export function sceneOf(topology: Topology, layout: Layout): Scene {
  const scene = new Map<string, StageElement>();
  const put = (id: string, element: StageElement) => void scene.set(id, element);

  for (const [index, id] of ANCHORS.entries()) {
    put(id, { group: "nodes", classes: "anchor", at: { x: index, y: 0 }, w: 1, h: 1 });
  }
  for (const [key, place] of layout.racks) {
    const rack = topology.racks.get(key);
    if (rack) putRack(put, rack, place, layout, topology);
  }
  for (const [name, box] of layout.boxes) {
    const device = topology.devices.get(name);
    if (device) putBox(put, device, box, topology);
  }
  putLinks(put, topology, layout);
  return scene;
}

type Put = (id: string, element: StageElement) => void;

function putBox(put: Put, device: TopologyDevice, box: Rect, topology: Topology): void {
  const small = box.h < 40;
  const subject = { kind: "device", name: device.name } as const;
  // Where leaves sit on their tile no line leads to the rack: the leaf itself tells the worst of its links.
  const status = small && device.tier === "leaf" ? worstHere(device, topology) : device.status;
  const room = box.w - (status === "up" ? 8 : small ? 16 : 40);
  const classes = ["box", small ? "small" : "", status, device.silent ? "silent" : ""].filter(Boolean).join(" ");
  put(`b:${device.name}`, {
    group: "nodes",
    classes: small && status !== "up" ? `${classes} marked` : classes,
    at: centre(box),
    w: box.w,
    h: box.h,
    label: fitted(device.name, room, small ? 12 : 13),
    room,
    subject,
  });
  if (!small) {
    put(`as:${device.name}`, {
      group: "nodes",
      classes: "caption",
      at: { x: box.x + box.w / 2, y: box.y + box.h / 2 + 9 },
      w: 1,
      h: 1,
      label: asWords(device.asn, box.w),
      room: box.w - 6,
    });
  }
  if (status === "up") return;
  const size = small ? 8 : 10;
  const at = small ? { x: box.x + box.w - 7, y: box.y + box.h / 2 } : { x: box.x + box.w - 12, y: box.y + 12 };
  put(`bm:${device.name}`, { group: "nodes", classes: `sign ${status}`, at, w: size, h: size, subject });
}

function asWords(asn: number | undefined, width: number): string {
  if (asn === undefined) return width < 80 ? "–" : "AS not told";
  // Three leaves over one rack leave no room for the two letters.
  return width < 80 ? String(asn) : `AS ${asn}`;
}

function worstHere(device: TopologyDevice, topology: Topology) {
  const { down } = directionsOf(device, topology.shape);
  return worstOf([device.status, ...down.map((link) => link.status)]) ?? device.status;
}

function putRack(put: Put, rack: TopologyRack, place: RackPlace, layout: Layout, topology: Topology): void {
  const small = place.w < 180;
  const subject = { kind: "rack", key: rack.key } as const;
  const marked = rack.status !== "up";
  const count = countOf(rack, layout, small);
  const countW = labelWidth(count, 12);
  const right = place.x + place.w - (small ? 8 : 16);
  const room = place.w - (small ? 16 : 32) - countW - 10 - (marked ? 18 : 0);
  const title = rack.name === undefined ? "no rack" : fitted(rack.name, room, 13, 600);
  const y = place.y + (small ? 15 : layout.density === "tiles" ? 22 : 27);

  put(`r:${rack.key}`, {
    group: "nodes",
    classes: `rack ${rack.status}${small ? " small" : ""}${layout.density === "chips" ? "" : " tile"}`,
    at: centre(place),
    w: place.w,
    h: place.h,
    subject,
  });
  put(`rt:${rack.key}`, {
    group: "nodes",
    classes: `title${rack.name === undefined ? " nameless" : ""}`,
    at: { x: place.x + (small ? 8 : 16), y },
    w: 1,
    h: 1,
    label: title,
    room: Math.max(24, room),
  });
  // After the name where there is room, so that both are read at one glance; long names push it to the right edge.
  const after = place.x + (small ? 8 : 16) + Math.min(labelWidth(title, 13, 600), room) + 10;
  put(`rc:${rack.key}`, {
    group: "nodes",
    classes: "count",
    at: { x: small ? right - countW - (marked ? 16 : 0) : after, y },
    w: 1,
    h: 1,
    label: count,
    room: countW + 12,
  });
  if (marked) {
    const size = small ? 9 : 11;
    const at = { x: right - size / 2, y };
    put(`rm:${rack.key}`, { group: "nodes", classes: `sign ${rack.status}`, at, w: size, h: size, subject });
  }
  if (layout.density === "chips") putChips(put, rack, place, topology);
}

/** Nodes with all their ways, of how many; of a rack that is not seen, since when. */
function countOf(rack: TopologyRack, layout: Layout, small: boolean): string {
  if (rack.lastSeenAt !== undefined) return small ? "not seen" : `last seen ${clockText(rack.lastSeenAt)}`;
  if (rack.nodes.length === 0) return "no nodes";
  return layout.density === "chips" ? `${rack.full} of ${rack.nodes.length}` : `${rack.full} / ${rack.nodes.length}`;
}

function putChips(put: Put, rack: TopologyRack, place: RackPlace, topology: Topology): void {
  for (const [index, name] of rack.nodes.entries()) {
    const device = topology.devices.get(name);
    if (!device) continue;
    const chip = chipRect(place, index);
    const room = chip.w - 16 - Math.min(Math.max(1, rack.leaves.length), 6) * 5;
    put(`c:${name}`, {
      group: "nodes",
      classes: `chip ${device.status}${device.silent ? " silent" : ""}`,
      at: centre(chip),
      w: chip.w,
      h: chip.h,
      label: fitted(name, room, 12),
      room,
      subject: { kind: "device", name },
    });
  }
}

function centre(rect: Rect) {
  return { x: rect.x + rect.w / 2, y: rect.y + rect.h / 2 };
}
