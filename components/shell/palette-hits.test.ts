import { expect, test } from "vitest";
import type { DeviceRow, FabricView, SessionRow } from "../../lib/view/view.ts";
import { MAX_HITS, paletteHits } from "./palette-hits.ts";

function viewOf(count: number): FabricView {
  const devices: DeviceRow[] = [{ name: "leaf-1", role: "leaf", rack: "r1", asn: 65_101, sources: [] }];
  const sessions: SessionRow[] = [];
  for (let i = 0; i < count; i++) {
    devices.push({ name: `node-${i}`, role: "node", rack: `r${i % 100}`, asn: 65_546 + i, sources: [] });
    sessions.push({
      id: `s${i}`,
      vrf: "default",
      kind: "node-tor",
      status: i === count - 1 ? "down" : "up",
      cause: "none",
      sentence: "",
      near: { device: `node-${i}`, address: `10.0.${i >> 8}.${i & 255}`, asn: 65_546 + i },
      far: { device: "leaf-1", address: "10.9.0.1", asn: 65_101 },
    });
  }
  return {
    id: "a:1",
    asOf: 0,
    fabric: { name: "f", demo: false, exposed: false, version: "0" },
    sessions: new Map(sessions.map((row) => [row.id, row])),
    devices: new Map(devices.map((row) => [row.name, row])),
    sources: new Map(),
    events: [],
  };
}

test("an AS is found as asplain and as asdot", () => {
  const view = viewOf(5);

  expect(paletteHits(view, "as65546").devices.map(({ name }) => name)).toEqual(["node-0"]);
  expect(paletteHits(view, "1.10").devices.map(({ name }) => name)).toContain("node-0");
});

test("a session is found by address, and by both of its ends together", () => {
  const view = viewOf(5);

  expect(paletteHits(view, "10.0.0.3").sessions.map(({ id }) => id)).toEqual(["s3"]);
  expect(paletteHits(view, "leaf-1 node-2").sessions.map(({ id }) => id)).toEqual(["s2"]);
});

test("empty text finds nothing, so that opening costs nothing", () => {
  expect(paletteHits(viewOf(5), "  ")).toEqual({ devices: [], sessions: [], more: 0 });
});

test("no more than the limit is shown, what is wrong first, and the rest is counted", () => {
  const { devices, sessions, more } = paletteHits(viewOf(500), "node");

  expect(devices.length + sessions.length).toBe(MAX_HITS);
  expect(sessions[0]?.id).toBe("s499");
  expect(more).toBe(1_000 - MAX_HITS);
});

test("20,000 sessions are searched while a key is still down", () => {
  const view = viewOf(20_000);
  paletteHits(view, "node");
  const from = performance.now();
  paletteHits(view, "node-19999");

  expect(performance.now() - from).toBeLessThan(100);
});
