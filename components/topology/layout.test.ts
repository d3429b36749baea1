import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { topologyOf } from "../../lib/view/topology.ts";
import { inventedView, withDevice, withRow, withSilence } from "../../lib/view/topology-invented.ts";
import { chipAt, chipRect, layoutOf, type Rect, rectOf } from "./layout.ts";

const DENSITIES = ["chips", "tiles", "field"] as const;

function shapeOf(racks: number, nodesPerRack: number, leavesPerRack = 2) {
  return topologyOf(inventedView({ spines: 4, racks, nodesPerRack, leavesPerRack })).shape;
}

test("nothing moves when facts change", () => {
  const view = inventedView();
  const before = layoutOf(topologyOf(view).shape, "chips");
  const worse = withSilence(withRow(view, "node-1~leaf-1", { status: "down" }), ["leaf-2"]);

  expect(layoutOf(topologyOf(worse).shape, "chips")).toEqual(before);
});

test("a new node at the end of a rack moves no other device", () => {
  const view = inventedView({ nodesPerRack: 2 });
  const before = layoutOf(topologyOf(view).shape, "chips");
  const more = withDevice(view, { name: "node-99", role: "node", rack: "r1", sources: [] });
  const after = layoutOf(topologyOf(more).shape, "chips");

  for (const name of view.devices.keys()) expect(rectOf(after, name)).toEqual(rectOf(before, name));
});

test("tiers stand from the top: borders, spines, what belongs to no rack, leaves, nodes", () => {
  let view = withDevice(inventedView(), { name: "border-1", role: "border", sources: [] });
  view = withDevice(view, { name: "rr-1", role: "route-reflector", sources: [] });
  const layout = layoutOf(topologyOf(view).shape, "chips");
  const tops = ["border-1", "spine-1", "rr-1", "leaf-1", "node-1"].map((name) => rectOf(layout, name)?.y ?? -1);

  expect(tops).toEqual([...tops].sort((a, b) => a - b));
  expect(new Set(tops).size).toBe(5);
});

describe("no two things lie on each other", () => {
  test.each(DENSITIES)("%s, whatever the racks are like", (density) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 4 }),
        (racks, nodes, leaves) => {
          const { shape } = topologyOf(inventedView({ spines: 3, racks, nodesPerRack: nodes, leavesPerRack: leaves }));
          const layout = layoutOf(shape, density);
          const all: Rect[] = [...layout.boxes.values(), ...layout.racks.values()];
          for (const rect of all) {
            expect(rect.x).toBeGreaterThanOrEqual(-0.01);
            expect(rect.x + rect.w).toBeLessThanOrEqual(layout.width + 0.01);
            expect(rect.y + rect.h).toBeLessThanOrEqual(layout.height + 0.01);
          }
          expect(overlapping(all)).toBeUndefined();
        },
      ),
      { numRuns: 40 },
    );
  });
});

test.each(["chips", "field"] as const)(
  "every chip of %s lies in its rack and is found at its own middle",
  (density) => {
    const layout = layoutOf(shapeOf(9, 37), density);
    for (const [name, { rack, index }] of layout.nodes) {
      const place = layout.racks.get(rack);
      const chip = rectOf(layout, name);
      if (!place || !chip) throw new Error(`${name} has no place`);
      expect(chip.x).toBeGreaterThanOrEqual(place.x);
      expect(chip.x + chip.w).toBeLessThanOrEqual(place.x + place.w);
      expect(chip.y + chip.h).toBeLessThanOrEqual(place.y + place.h);
      expect(chip).toEqual(chipRect(place, index));
      expect(chipAt(place, chip.x + chip.w / 2, chip.y + chip.h / 2)).toBe(index);
    }
  },
);

test("a hundred racks become a grid that a wide screen can show", () => {
  const layout = layoutOf(shapeOf(100, 50), "tiles");

  expect(layout.grid).toBe(true);
  expect(layout.width / layout.height).toBeGreaterThan(1.5);
  expect(layout.width / layout.height).toBeLessThan(3);
});

test("on a phone two racks stand beside each other", () => {
  const layout = layoutOf(shapeOf(6, 4), "tiles", true);

  expect(new Set([...layout.racks.values()].map((rack) => rack.column))).toEqual(new Set([0, 1]));
  expect(layout.width).toBeLessThan(340);
});

test("an empty fabric has a place too", () => {
  expect(layoutOf(topologyOf(inventedView({ spines: 0, racks: 0 })).shape, "chips").racks.size).toBe(0);
});

function overlapping(rects: readonly Rect[]): readonly [Rect, Rect] | undefined {
  for (const [at, a] of rects.entries()) {
    for (const b of rects.slice(at + 1)) {
      if (a.x < b.x + b.w - 0.01 && b.x < a.x + a.w - 0.01 && a.y < b.y + b.h - 0.01 && b.y < a.y + a.h - 0.01)
        return [a, b];
    }
  }
  return undefined;
}
