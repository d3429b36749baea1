import { expect, test } from "vitest";
import { topologyOf } from "../../lib/view/topology.ts";
import { inventedView, withRow, withSilence } from "../../lib/view/topology-invented.ts";
import type { FabricView } from "../../lib/view/view.ts";
import type { Scene } from "./element.ts";
import { sceneOf } from "./elements.ts";
import { fieldOf } from "./field-scene.ts";
import { type Density, layoutOf } from "./layout.ts";
import { paletteOf } from "./palette.ts";
import { scenePatch } from "./patch.ts";

function sceneFor(view: FabricView, density: Density = "chips"): Scene {
  const topology = topologyOf(view);
  return sceneOf(topology, layoutOf(topology.shape, density));
}

function withClass(scene: Scene, ...classes: string[]) {
  return [...scene].filter(([, { classes: own }]) => classes.every((one) => own.split(" ").includes(one)));
}

test("a healthy leaf has one line to its rack, however many nodes there are", () => {
  const scene = sceneFor(inventedView({ spines: 0, racks: 1, leavesPerRack: 2, nodesPerRack: 12 }));

  expect(withClass(scene, "line")).toHaveLength(2);
  expect(withClass(scene, "mark")).toHaveLength(0);
});

test("an abnormal link goes on to its chip, with the mark of its state", () => {
  const scene = sceneFor(withRow(inventedView(), "node-1~leaf-1", { status: "admin-down" }));
  const [line] = withClass(scene, "line", "admin-down");

  expect(line?.[1]).toMatchObject({ group: "edges", from: "b:leaf-1", to: "c:node-1" });
  expect(withClass(scene, "mark", "admin-down")).toHaveLength(1);
});

test("both ends disagree: the two halves differ, and none of them looks like a healthy line", () => {
  const scene = sceneFor(
    withRow(inventedView(), "node-1~leaf-1", {
      status: "down",
      disputed: true,
      near: { device: "node-1", established: false },
      far: { device: "leaf-1", established: true },
    }),
  );
  const halves = [...scene].filter(([id]) => id.startsWith("l:node-1\nleaf-1\n"));

  expect(halves.map(([, { classes }]) => classes).sort()).toEqual(["line down", "line down denied"]);
  expect(withClass(scene, "mark", "down")).toHaveLength(1);
});

test("a leaf none of whose links to a rack is up tells it by one line and a number", () => {
  let view = inventedView();
  for (const node of ["node-1", "node-2", "node-3"]) view = withRow(view, `${node}~leaf-1`, { status: "degraded" });
  const scene = sceneFor(view);

  expect(withClass(scene, "line", "degraded")).toHaveLength(1);
  expect(withClass(scene, "words", "degraded").map(([, element]) => element)).toMatchObject([{ label: "3 degraded" }]);
});

test("a storm in one rack is one line a leaf with a mark and a number for each state, not a thicket", () => {
  let view = inventedView({ spines: 0, racks: 1, nodesPerRack: 12 });
  for (let node = 1; node <= 6; node += 1)
    view = withRow(view, `node-${node}~leaf-1`, { status: node > 3 ? "down" : "degraded" });
  const scene = sceneFor(view);

  expect(withClass(scene, "line", "down")).toHaveLength(1);
  expect(withClass(scene, "line", "degraded")).toHaveLength(0);
  expect(withClass(scene, "words").map(([, element]) => element)).toMatchObject([
    { label: "3 down" },
    { label: "3 degraded" },
  ]);
});

test("links of a leaf that does not answer are not seen, which is not down", () => {
  let view = withSilence(inventedView(), ["leaf-1"]);
  for (const node of ["node-1", "node-2", "node-3"]) view = withRow(view, `${node}~leaf-1`, { status: "unknown" });
  const scene = sceneFor(view);

  expect(withClass(scene, "words", "unknown").map(([, element]) => element)).toMatchObject([{ label: "not seen" }]);
  expect(withClass(scene, "box", "silent", "unknown")).toHaveLength(1);
  expect(withClass(scene, "down")).toHaveLength(0);
});

test("a hundred collapsed racks of fifty nodes stay few enough for cytoscape", () => {
  const scene = sceneFor(inventedView({ spines: 4, racks: 100, nodesPerRack: 50 }), "tiles");

  expect(scene.size).toBeLessThan(600);
});

test("a storm in a large fabric changes no element: its marks and counts are the field's", () => {
  const calm = inventedView({ spines: 4, racks: 12, nodesPerRack: 8 });
  let storm = calm;
  for (const id of [...calm.sessions.keys()].filter((one, at) => one.startsWith("node") && at % 3 === 0))
    storm = withRow(storm, id, { status: "down" });
  const before = sceneFor(calm, "tiles");

  expect(scenePatch(before, sceneFor(storm, "tiles"))).toEqual({ add: [], change: [], remove: [] });
  const topology = topologyOf(storm);
  const { signs, counts } = fieldOf(
    topology,
    layoutOf(topology.shape, "tiles"),
    "state",
    0,
    paletteOf(() => ""),
  );
  expect(signs.filter(({ status }) => status === "down").length).toBeGreaterThan(12);
  expect(counts).toHaveLength(12);
});

test("a line that rests on old answers is pale", () => {
  const scene = sceneFor(withRow(inventedView(), "node-1~leaf-1", { status: "down", stale: true }));

  expect(withClass(scene, "line", "down", "stale")).toHaveLength(1);
  expect(withClass(scene, "line", "stale")).toHaveLength(1);
});

test("every line hangs on two things that are on the stage", () => {
  for (const density of ["chips", "tiles", "field"] as const) {
    let view = inventedView({ racks: 12 });
    for (const id of [...view.sessions.keys()].filter((_, at) => at % 5 === 0))
      view = withRow(view, id, { status: "down" });
    const scene = sceneFor(view, density);
    for (const element of scene.values()) {
      if (element.group !== "edges") continue;
      expect(scene.get(element.from)?.group).toBe("nodes");
      expect(scene.get(element.to)?.group).toBe("nodes");
    }
  }
});
