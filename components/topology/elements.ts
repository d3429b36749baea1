import type { Topology, TopologyDevice, TopologyRack } from "../../lib/view/topology.ts";
import { ANCHORS, type Scene, type StageElement, type Subject } from "./element.ts";
import { countOf, headOf, isSmall, reservedRoom } from "./field-scene.ts";
import { fitted, labelWidth } from "./label.ts";
import { chipRect, isClose, type Layout, type RackPlace, type Rect } from "./layout.ts";
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
    if (device) putBox(put, device, box);
  }
  putLinks(put, topology, layout);
  return scene;
}

type Put = (id: string, element: StageElement) => void;

function putBox(put: Put, device: TopologyDevice, box: Rect): void {
  // Small ones have their sign from the field.
  const small = isSmall(box);
  const subject = { kind: "device", name: device.name } as const;
  const { status } = device;
  const room = box.w - (small ? 18 : status === "up" ? 8 : 40);
  const classes = ["box", small ? "small" : status, device.silent ? "silent" : ""].filter(Boolean).join(" ");
  put(`b:${device.name}`, {
    group: "nodes",
    classes,
    at: centre(box),
    w: box.w,
    h: box.h,
    label: fitted(device.name, room, small ? 12 : 13),
    room,
    subject,
  });
  if (small) return;
  put(`as:${device.name}`, {
    group: "nodes",
    classes: "caption",
    at: { x: box.x + box.w / 2, y: box.y + box.h / 2 + 9 },
    w: 1,
    h: 1,
    label: asWords(device.asn, box.w),
    room: box.w - 6,
  });
  if (status === "up") return;
  const at = { x: box.x + box.w - 12, y: box.y + 12 };
  put(`bm:${device.name}`, { group: "nodes", classes: `sign ${status}`, at, w: 10, h: 10, subject });
}

function asWords(asn: number | undefined, width: number): string {
  if (asn === undefined) return width < 80 ? "–" : "AS not told";
  // Three leaves over one rack leave no room for the two letters.
  return width < 80 ? String(asn) : `AS ${asn}`;
}

function putRack(put: Put, rack: TopologyRack, place: RackPlace, layout: Layout, topology: Topology): void {
  if (isClose(layout)) putCloseRack(put, rack, place);
  else putWideRack(put, rack, place, layout);
  if (layout.density === "chips") putChips(put, rack, place, topology);
}

/** The field draws its count and its sign. */
function putCloseRack(put: Put, rack: TopologyRack, place: RackPlace): void {
  const room = place.w - 16 - reservedRoom(rack);
  putPanel(put, rack, place, `rack small tile${rack.status === "unknown" ? " unknown" : ""}`);
  putTitle(put, rack, { x: place.x + 8, y: headOf(place).y }, room);
}

function putWideRack(put: Put, rack: TopologyRack, place: RackPlace, layout: Layout): void {
  const marked = rack.status !== "up";
  const count = countOf(rack, layout);
  const countW = labelWidth(count, 12);
  const right = place.x + place.w - 16;
  const room = place.w - 32 - countW - 10 - (marked ? 18 : 0);
  const y = place.y + (layout.density === "tiles" ? 22 : 27);
  putPanel(put, rack, place, `rack ${rack.status}${layout.density === "chips" ? "" : " tile"}`);
  const title = putTitle(put, rack, { x: place.x + 16, y }, room);
  // After the name, so that both are read at one glance; long names push it to the right edge.
  const after = place.x + 16 + Math.min(labelWidth(title, 13, 600), room) + 10;
  put(`rc:${rack.key}`, {
    group: "nodes",
    classes: "count",
    at: { x: after, y },
    w: 1,
    h: 1,
    label: count,
    room: countW + 12,
  });
  if (!marked) return;
  const at = { x: right - 5.5, y };
  put(`rm:${rack.key}`, { group: "nodes", classes: `sign ${rack.status}`, at, w: 11, h: 11, subject: subjectOf(rack) });
}

function putPanel(put: Put, rack: TopologyRack, place: RackPlace, classes: string): void {
  put(`r:${rack.key}`, {
    group: "nodes",
    classes,
    at: centre(place),
    w: place.w,
    h: place.h,
    subject: subjectOf(rack),
  });
}

function putTitle(put: Put, rack: TopologyRack, at: { x: number; y: number }, room: number): string {
  const title = rack.name === undefined ? "no rack" : fitted(rack.name, room, 13, 600);
  put(`rt:${rack.key}`, {
    group: "nodes",
    classes: `title${rack.name === undefined ? " nameless" : ""}`,
    at,
    w: 1,
    h: 1,
    label: title,
    room: Math.max(24, room),
  });
  return title;
}

function subjectOf(rack: TopologyRack): Subject {
  return { kind: "rack", key: rack.key };
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
