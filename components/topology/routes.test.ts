import { expect, test } from "vitest";
import { topologyOf } from "../../lib/view/topology.ts";
import { inventedRow, inventedView, withDevice } from "../../lib/view/topology-invented.ts";
import { type Layout, layoutOf, type Rect } from "./layout.ts";
import { cut } from "./link-elements.ts";
import { type Route, routeOf } from "./routes.ts";

const view = inventedView({ spines: 3, racks: 3, nodesPerRack: 7 });
const topology = topologyOf(view);

test("a line to a node runs at right angles and over no chip", () => {
  const layout = layoutOf(topology.shape, "chips");
  const chips = [...layout.nodes.keys()].map((name) => rect(layout, name));
  for (const link of topology.links.values()) {
    if (link.kind !== "node-tor") continue;
    for (const [a, b] of legs(routeOf(layout, topology.shape, link))) {
      expect(a.x === b.x || a.y === b.y).toBe(true);
      for (const chip of chips) expect(crosses(a, b, chip)).toBe(false);
    }
  }
});

test("in a grid no line of a spine runs over a rack or a leaf", () => {
  const many = topologyOf(inventedView({ spines: 4, racks: 40, nodesPerRack: 4 }));
  const layout = layoutOf(many.shape, "tiles");
  const obstacles = [...layout.racks.values(), ...layout.boxes.values()];
  for (const link of many.links.values()) {
    if (link.kind !== "tor-spine") continue;
    for (const [a, b] of legs(routeOf(layout, many.shape, link))) {
      for (const obstacle of obstacles) expect(crosses(a, b, obstacle)).toBe(false);
    }
  }
});

test("every line begins at the upper device, ends at the lower one, and carries its mark on itself", () => {
  for (const density of ["chips", "tiles", "field"] as const) {
    const layout = layoutOf(topology.shape, density);
    for (const link of topology.links.values()) {
      const route = routeOf(layout, topology.shape, link);
      if (!route) continue;
      const [first] = route.points;
      const last = route.points[route.points.length - 1];
      expect(touches(first, rect(layout, link.far))).toBe(true);
      expect(last && touches(last, rect(layout, link.near))).toBe(true);

      const [upper, lower] = cut(route);
      expect(upper[upper.length - 1]).toEqual(route.mark);
      expect(lower[0]).toEqual(route.mark);
    }
  }
});

test("a border below which the spines stand keeps its own end, though it is the near one", () => {
  let bordered = withDevice(view, { name: "border-1", role: "border", sources: [] });
  const row = inventedRow("border-1", "spine-1", "other");
  bordered = { ...bordered, sessions: new Map(bordered.sessions).set(row.id, row) };
  const map = topologyOf(bordered);
  const layout = layoutOf(map.shape, "chips");
  const link = [...map.links.values()].find((one) => one.near === "border-1");
  const route = link && routeOf(layout, map.shape, link);

  expect(route && touches(route.points[0], rect(layout, "spine-1"))).toBe(true);
});

function legs(route: Route | undefined) {
  return (route?.points ?? []).slice(1).map((to, index) => [route?.points[index] ?? to, to] as const);
}

function rect(layout: Layout, name: string): Rect {
  const box = layout.boxes.get(name);
  if (box) return box;
  const node = layout.nodes.get(name);
  const rack = node && layout.racks.get(node.rack);
  if (!node || !rack) throw new Error(`${name} has no place`);
  if (layout.density === "tiles") return rack;
  const { cells } = rack;
  return {
    x: cells.x + (node.index % cells.columns) * cells.pitchX,
    y: cells.y + Math.floor(node.index / cells.columns) * cells.pitchY,
    w: cells.w,
    h: cells.h,
  };
}

function touches({ x, y }: { x: number; y: number }, { x: left, y: top, w, h }: Rect): boolean {
  return x >= left - 0.5 && x <= left + w + 0.5 && y >= top - 0.5 && y <= top + h + 0.5;
}

/** Whether an upright or level line runs through the inside of a rectangle. */
function crosses(a: { x: number; y: number }, b: { x: number; y: number }, { x, y, w, h }: Rect): boolean {
  const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return left < x + w - 0.5 && right > x + 0.5 && top < y + h - 0.5 && bottom > y + 0.5;
}
