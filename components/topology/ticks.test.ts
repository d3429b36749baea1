import { expect, test } from "vitest";
import { topologyOf } from "../../lib/view/topology.ts";
import { inventedView, NOW, withRow } from "../../lib/view/topology-invented.ts";
import { linkId } from "../../lib/view/topology-link.ts";
import { changedAt, prefixesOf, stepOf } from "./overlay.ts";
import { ticksOf } from "./ticks.ts";

const topology = topologyOf(withRow(inventedView(), "node-2~leaf-1", { status: "down" }));

test("a chip has a tick for each leaf of its rack, in their order", () => {
  expect(ticksOf(topology, "r1", "chips", "state", NOW)).toEqual([
    ["up", "up"],
    ["down", "up"],
    ["up", "up"],
  ]);
});

test("a tile has a tick for each node, which is degraded when one way is lost", () => {
  expect(ticksOf(topology, "r1", "tiles", "state", NOW)).toEqual([["up"], ["degraded"], ["up"]]);
});

test("what no end tells is no step, not the lowest one", () => {
  expect(ticksOf(topology, "r1", "chips", "prefixes", NOW)[0]).toEqual(["none", "none"]);
});

test("prefixes are what the upper end accepted, over all sessions of the link", () => {
  const view = withRow(inventedView(), "node-1~leaf-1", { far: { device: "leaf-1", received: 40, accepted: 12 } });
  const link = topologyOf(view).links.get(linkId("node-1", "leaf-1"));
  if (!link) throw new Error("the link is there");

  expect(prefixesOf(link)).toBe(12);
  expect(stepOf("prefixes", link, NOW)).toBe(2);
});

test("the newest change of a link is its age", () => {
  const view = withRow(inventedView(), "node-1~leaf-1", { since: NOW - 5 * 60_000 });
  const link = topologyOf(view).links.get(linkId("node-1", "leaf-1"));
  if (!link) throw new Error("the link is there");

  expect(changedAt(link)).toBe(NOW - 5 * 60_000);
  expect(stepOf("age", link, NOW)).toBe(3);
  expect(stepOf("age", link, NOW + 2 * 86_400_000)).toBe(0);
});
