import { expect, test } from "vitest";
import { topologyOf } from "../../lib/view/topology.ts";
import { inventedView } from "../../lib/view/topology-invented.ts";
import type { Subject } from "./element.ts";
import { layoutOf } from "./layout.ts";
import { type Step, sameSubject, stepFrom, stopsOf } from "./traversal.ts";

const { shape } = topologyOf(inventedView({ spines: 2, racks: 3, nodesPerRack: 4 }));
const device = (name: string): Subject => ({ kind: "device", name });

function walk(from: Subject | undefined, ...steps: Step[]): Subject | undefined {
  const stops = stopsOf(layoutOf(shape, "chips"), shape);
  return steps.reduce<Subject | undefined>((at, step) => stepFrom(stops, at, step)?.subject, from);
}

test("the first step stands on the first spine", () => {
  expect(walk(undefined, "right")).toEqual(device("spine-1"));
});

test("right and left stay in the tier, and stop at its end", () => {
  expect(walk(device("leaf-1"), "right", "right")).toEqual(device("leaf-3"));
  expect(walk(device("leaf-6"), "right")).toEqual(device("leaf-6"));
});

test("down goes from spine to leaf to node, and up comes back", () => {
  expect(walk(device("leaf-1"), "down")).toEqual(device("node-1"));
  expect(walk(device("node-1"), "up")).toEqual(device("leaf-1"));
  expect(walk(device("leaf-1"), "up")).toEqual(device("spine-1"));
});

test.each(["chips", "tiles", "field"] as const)("arrows reach every stop of %s", (density) => {
  const stops = stopsOf(layoutOf(shape, density), shape);
  const reached: Subject[] = [];
  const next = stops[0] ? [stops[0].subject] : [];
  for (let at = next.pop(); at; at = next.pop()) {
    const here = at;
    if (reached.some((one) => sameSubject(one, here))) continue;
    reached.push(here);
    for (const step of ["left", "right", "up", "down"] as const) {
      const stop = stepFrom(stops, here, step);
      if (stop) next.push(stop.subject);
    }
  }
  expect(reached).toHaveLength(stops.length);
});
