import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SESSION_STATUSES } from "../fabric/session.ts";
import { topologyOf } from "./topology.ts";
import { inventedRow, inventedView, NOW, withDevice, withRow, withSilence } from "./topology-invented.ts";
import { linkId } from "./topology-link.ts";
import type { FabricView } from "./view.ts";

describe("devices", () => {
  test("a node that lost one of its ways is degraded, one that lost all is down", () => {
    const one = withRow(inventedView(), "node-1~leaf-1", { status: "down" });
    const all = withRow(one, "node-1~leaf-2", { status: "down" });

    expect(topologyOf(one).devices.get("node-1")?.status).toBe("degraded");
    expect(topologyOf(all).devices.get("node-1")?.status).toBe("down");
  });

  test("a leaf is quiet about one lost node, and marked when it has none left", () => {
    let view = withRow(inventedView(), "node-1~leaf-1", { status: "down" });
    expect(topologyOf(view).devices.get("leaf-1")?.status).toBe("up");

    for (const node of ["node-2", "node-3"]) view = withRow(view, `${node}~leaf-1`, { status: "degraded" });
    expect(topologyOf(view).devices.get("leaf-1")?.status).toBe("down");
  });

  test("a device whose sources are silent is unknown, though its neighbors tell of its sessions", () => {
    const { devices } = topologyOf(withSilence(inventedView(), ["leaf-1"]));

    expect(devices.get("leaf-1")).toMatchObject({ silent: true, status: "unknown", seenAt: NOW - 100_000 });
    expect(devices.get("node-1")?.status).toBe("up");
  });

  test("a device without a source is not silent: nobody promised to hear of it", () => {
    const view = withDevice(inventedView(), { name: "node-1", role: "node", rack: "r1", sources: [] });

    expect(topologyOf(view).devices.get("node-1")).toMatchObject({ silent: false, status: "up" });
  });

  test("a node that answers and has no session is down; one that nobody watches is unknown", () => {
    const answers = withDevice(inventedView(), { name: "node-9", role: "node", rack: "r1", sources: ["s:node-1"] });
    const unwatched = withDevice(inventedView(), { name: "node-9", role: "node", rack: "r1", sources: [] });

    expect(topologyOf(answers).devices.get("node-9")?.status).toBe("down");
    expect(topologyOf(unwatched).devices.get("node-9")?.status).toBe("unknown");
  });
});

describe("racks", () => {
  test("count the nodes that have every way out", () => {
    const view = withRow(inventedView(), "node-1~leaf-1", { status: "down" });

    expect(topologyOf(view).racks.get("r1")).toMatchObject({ full: 2, status: "degraded" });
    expect(topologyOf(view).racks.get("r2")).toMatchObject({ full: 3, status: "up" });
  });

  test("one of which nobody answers is unknown, with the time when one last did", () => {
    const names = ["leaf-1", "leaf-2", "node-1", "node-2", "node-3"];
    const rack = topologyOf(withSilence(inventedView(), names)).racks.get("r1");

    expect(rack).toMatchObject({ status: "unknown", lastSeenAt: NOW - 100_000 });
  });

  test("nodes without a rack stand in a rack of their own, after all others; leaves without one stand above", () => {
    let view = withDevice(inventedView(), { name: "a-node", role: "node", sources: [] });
    view = withDevice(view, { name: "a-leaf", role: "leaf", sources: [] });
    const { shape } = topologyOf(view);

    expect(shape.racks.map((rack) => rack.key)).toEqual(["r1", "r2", ""]);
    expect(shape.racks.at(-1)).toMatchObject({ nodes: ["a-node"], leaves: [] });
    expect(shape.racks.at(-1)).not.toHaveProperty("name");
    expect(shape.middle).toEqual(["a-leaf"]);
  });
});

describe("links", () => {
  test("sessions between the same two devices are one link, which tells the worst of them", () => {
    const view = inventedView();
    const second = inventedRow("node-1", "leaf-1", "node-tor", { id: "v6", status: "degraded" });
    const link = topologyOf({ ...view, sessions: new Map(view.sessions).set("v6", second) }).links.get(
      linkId("node-1", "leaf-1"),
    );

    expect(link?.status).toBe("degraded");
    expect(link?.sessions.map((session) => session.id)).toEqual(["v6", "node-1~leaf-1"]);
  });

  test("one whose ends disagree has two halves", () => {
    const view = withRow(inventedView(), "node-1~leaf-1", {
      status: "down",
      disputed: true,
      near: { device: "node-1", established: true },
      far: { device: "leaf-1", established: false },
    });

    expect(topologyOf(view).links.get(linkId("node-1", "leaf-1"))?.halves).toEqual({ near: "up", far: "down" });
  });

  test("one that rests on old answers tells when an end last answered", () => {
    const view = withRow(withSilence(inventedView(), ["node-1", "leaf-1"], 25_000), "node-1~leaf-1", {
      stale: true,
      near: { device: "node-1", source: "s:node-1", established: true },
    });

    expect(topologyOf(view).links.get(linkId("node-1", "leaf-1"))).toMatchObject({
      stale: true,
      seenAt: NOW - 25_000,
    });
    expect(topologyOf(view).links.get(linkId("node-2", "leaf-1"))).not.toHaveProperty("seenAt");
  });

  test("a session with a device that the inventory does not name is not drawn, and is counted", () => {
    const view = inventedView();
    const foreign = inventedRow("leaf-1", "elsewhere", "other");
    const topology = topologyOf({ ...view, sessions: new Map(view.sessions).set(foreign.id, foreign) });

    expect(topology.unplaced).toEqual([foreign]);
    expect(topology.counts.up).toBe(view.sessions.size + 1);
  });
});

describe("one view after another", () => {
  test("what did not change is the same object: no line is drawn again for another's news", () => {
    const view = inventedView();
    const before = topologyOf(view);
    const after = topologyOf(withRow(view, "node-1~leaf-1", { status: "down" }), before);

    expect(after.shape).toBe(before.shape);
    expect(after.devices.get("node-2")).toBe(before.devices.get("node-2"));
    expect(after.racks.get("r2")).toBe(before.racks.get("r2"));
    expect(after.links.get(linkId("node-2", "leaf-1"))).toBe(before.links.get(linkId("node-2", "leaf-1")));
    expect(after.links.get(linkId("node-1", "leaf-1"))).not.toBe(before.links.get(linkId("node-1", "leaf-1")));
  });

  test("a topology made from the one before it equals one made from nothing", () => {
    const twice = inventedRow("node-1", "leaf-1", "node-tor", { id: "v6" });
    const foreign = inventedRow("leaf-1", "elsewhere", "other");
    const full = inventedView();
    const start = { ...full, sessions: new Map(full.sessions).set("v6", twice).set(foreign.id, foreign) };
    const ids = [...start.sessions.keys()];
    const names = [...start.devices.keys()];
    const step = fc.oneof(
      fc.record({ id: fc.constantFrom(...ids), status: fc.constantFrom(...SESSION_STATUSES) }),
      fc.record({ gone: fc.constantFrom(...ids) }),
      fc.record({ id: fc.constantFrom(...ids), far: fc.constantFrom(...names) }),
      fc.record({ silent: fc.constantFrom(...names) }),
      fc.record({ moves: fc.constantFrom(...names), to: fc.constantFrom("r1", "r2", "r3") }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let view: FabricView = start;
        let topology = topologyOf(view);
        for (const change of steps) {
          if ("gone" in change) {
            const sessions = new Map(view.sessions);
            sessions.delete(change.gone);
            view = { ...view, sessions };
          } else if ("id" in change) {
            if (!view.sessions.has(change.id)) continue;
            view = withRow(
              view,
              change.id,
              "far" in change ? { far: { device: change.far } } : { status: change.status },
            );
          } else if ("silent" in change) view = withSilence(view, [change.silent]);
          else {
            const device = view.devices.get(change.moves);
            if (device) view = withDevice(view, { ...device, rack: change.to });
          }
          topology = topologyOf(view, topology);
          expect([...topology.links.keys()]).toEqual([...topologyOf(view).links.keys()]);
        }
        expect(topology).toEqual(topologyOf(view));
      }),
      { numRuns: 60 },
    );
  });

  test("names that look like anything are only names", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 }),
        (names) => {
          let view = inventedView({ racks: 0, spines: 0 });
          for (const name of [...names, "__proto__", "constructor"]) {
            view = withDevice(view, { name, role: "node", rack: name, sources: [] });
          }
          const { devices, shape } = topologyOf(view);
          expect(devices.size).toBe(new Set([...names, "__proto__", "constructor"]).size);
          expect(shape.racks.flatMap((rack) => rack.nodes)).toHaveLength(devices.size);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("5,000 nodes with 10,000 sessions are drawn anew in well under a frame's patience", () => {
    const view = inventedView({ spines: 4, racks: 100, nodesPerRack: 50 });
    const before = topologyOf(view);
    const after = withRow(view, "node-77~leaf-3", { status: "down" });
    const times = Array.from({ length: 5 }, () => {
      const from = performance.now();
      topologyOf(after, before);
      return performance.now() - from;
    });

    // The target is 20 ms; twice that leaves room for a machine that does other things too.
    expect(Math.min(...times)).toBeLessThan(40);
  });
});
