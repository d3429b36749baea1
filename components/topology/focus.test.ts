import { expect, test } from "vitest";
import { topologyOf } from "../../lib/view/topology.ts";
import { inventedView, withRow } from "../../lib/view/topology-invented.ts";
import { linkId } from "../../lib/view/topology-link.ts";
import { focusOf, focusSubject, focusText } from "./focus.ts";
import { densityOf } from "./use-map-address.ts";

const view = withRow(inventedView(), "node-1~leaf-1", { status: "down" });
const topology = topologyOf(view);

test("what the map opens, the address brings back", () => {
  for (const subject of [
    { kind: "device", name: "leaf-1" },
    { kind: "rack", key: "r1" },
    { kind: "link", id: linkId("node-1", "leaf-1") },
  ] as const) {
    const text = focusText(subject, topology);
    expect(text && focusSubject(focusOf(text, view, topology))).toEqual(subject);
  }
});

test("the line of a leaf to a rack opens the rack", () => {
  expect(focusText({ kind: "trunk", leaf: "leaf-1", rack: "r1" }, topology)).toBe("rack:r1");
});

test("an address of something that is gone says so", () => {
  expect(focusOf("node-99", view, topology)).toEqual({ kind: "gone", text: "node-99" });
});

test("racks collapse by themselves beyond what can be read, and are never more elements than cytoscape carries", () => {
  expect(densityOf(48, null)).toBe("chips");
  expect(densityOf(5_000, null)).toBe("tiles");
  expect(densityOf(48, "collapsed")).toBe("tiles");
  expect(densityOf(5_000, "expanded")).toBe("field");
});
