import cytoscape from "cytoscape";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { SESSION_STATUSES } from "../../lib/fabric/session.ts";
import { topologyOf } from "../../lib/view/topology.ts";
import { inventedView, withRow } from "../../lib/view/topology-invented.ts";
import type { FabricView } from "../../lib/view/view.ts";
import type { Scene } from "./element.ts";
import { sceneOf } from "./elements.ts";
import { layoutOf } from "./layout.ts";
import { paletteOf } from "./palette.ts";
import { applyPatch, inFrame, scenePatch } from "./patch.ts";
import { stageStyle } from "./style.ts";

const palette = paletteOf((token) => (token === "--hatch" ? "#ffffff12" : "#123456"));

function sceneFor(view: FabricView): Scene {
  const topology = topologyOf(view);
  return sceneOf(topology, layoutOf(topology.shape, "chips"));
}

function stage() {
  return cytoscape({ headless: true, styleEnabled: true, style: stageStyle(palette), layout: { name: "preset" } });
}

afterEach(() => vi.restoreAllMocks());

test("cytoscape understands every property, selector and value that we give it", () => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
  const cy = stage();
  let view = inventedView({ racks: 5 });
  // In a rack each, so that every state has a line of its own.
  for (const [at, status] of SESSION_STATUSES.entries()) {
    view = withRow(view, `node-${at * 3 + 1}~leaf-${at * 2 + 2}`, { status });
  }
  applyPatch(cy, scenePatch(new Map(), sceneFor(view)), sceneFor(view), new Map());

  expect(warned.mock.calls).toEqual([]);
  const bent = cy.edges(".line.down").first();
  expect(bent.style("curve-style")).toBe("round-segments");
  expect(String(bent.style("segment-weights")).split(" ")).toHaveLength(3);
});

test("one link that changes touches its own line and mark, and what counts it", () => {
  const before = sceneFor(inventedView());
  const after = sceneFor(withRow(inventedView(), "node-1~leaf-1", { status: "down" }));
  const { add, change, remove } = scenePatch(before, after);

  expect(add.toSorted()).toEqual(["l:node-1\nleaf-1", expect.stringMatching(/^m:leaf-1\n/), "rm:r1"]);
  expect(change.toSorted()).toEqual(["c:node-1", "r:r1", "rc:r1", "rt:r1"]);
  expect(remove).toEqual([]);
});

test("the same scene is no patch", () => {
  expect(scenePatch(sceneFor(inventedView()), sceneFor(inventedView()))).toEqual({ add: [], change: [], remove: [] });
});

test("a stage that was patched again and again shows what a new one would", () => {
  const ids = [...inventedView().sessions.keys()];
  const change = fc.record({ id: fc.constantFrom(...ids), status: fc.constantFrom(...SESSION_STATUSES) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 10 }), (changes) => {
      const patched = stage();
      let shown: Scene = new Map();
      let view = inventedView();
      for (const { id, status } of [undefined, ...changes].map(
        (one) => one ?? { id: ids[0] ?? "", status: "up" as const },
      )) {
        view = withRow(view, id, { status });
        const next = sceneFor(view);
        applyPatch(patched, scenePatch(shown, next), next, shown);
        shown = next;
      }
      const fresh = stage();
      applyPatch(fresh, scenePatch(new Map(), shown), shown, new Map());

      expect(told(patched)).toEqual(told(fresh));
      patched.destroy();
      fresh.destroy();
    }),
    { numRuns: 15 },
  );
});

test("a bend told along the line and across it is the same point again", () => {
  const point = fc.record({ x: fc.integer({ min: -2000, max: 2000 }), y: fc.integer({ min: -2000, max: 2000 }) });
  fc.assert(
    fc.property(point, point, point, (a, b, bend) => {
      fc.pre(Math.hypot(b.x - a.x, b.y - a.y) > 20);
      const { weight, distance } = inFrame(a, b, bend);
      const length = Math.hypot(b.x - a.x, b.y - a.y);
      // As cytoscape computes it: findSegmentsPoints, with the normal (-dy, dx) / length.
      const x = a.x * (1 - weight) + b.x * weight - ((b.y - a.y) / length) * distance;
      const y = a.y * (1 - weight) + b.y * weight + ((b.x - a.x) / length) * distance;
      expect(Math.hypot(x - bend.x, y - bend.y)).toBeLessThan(0.1);
    }),
  );
});

function told(cy: cytoscape.Core) {
  return cy
    .elements()
    .map((one) => ({
      data: one.data(),
      classes: [...one.classes()].sort(),
      at: one.isNode() ? one.position() : undefined,
    }))
    .sort((a, b) => (a.data.id < b.data.id ? -1 : 1));
}
