import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Neighbor, neighborId } from "../../lib/fabric/neighbor.ts";
import type { SourceHealth } from "../../lib/fabric/observation.ts";
import { applyDelta, type Delta, type FabricView } from "../../lib/view/view.ts";
import { viewFromWire, viewToWire } from "../../lib/view/wire.ts";
import { LiveFabric } from "./live-fabric.ts";

const T = 1_700_000_000_000;
const INFO = { name: "test", demo: false, exposed: false, version: "0" };
const INVENTORY = [
  { name: "leaf-1", role: "leaf" as const },
  { name: "node-1", role: "node" as const },
];

beforeEach(() => vi.useFakeTimers({ now: T }));
afterEach(() => vi.useRealTimers());

function neighbor(device: string, local: string, remote: string, more: Partial<Neighbor> = {}): Neighbor {
  return {
    id: neighborId(device, "default", remote),
    device,
    vrf: "default",
    localAddress: local,
    neighborAddress: remote,
    state: "established",
    families: [],
    timers: {},
    ...more,
  };
}

function say(fabric: LiveFabric, device: string, at: number, neighbors: readonly Neighbor[]) {
  const health: SourceHealth = {
    id: `${device}/x`,
    kind: "x",
    device,
    everyMs: 1_000,
    state: "ok",
    address: "x",
    lastOkAt: at,
  };
  fabric.observe({ source: health.id, device, observedAt: at, tookMs: 1, neighbors }, health);
}

function bothUp(fabric: LiveFabric, at: number) {
  say(fabric, "leaf-1", at, [neighbor("leaf-1", "10.0.0.0", "10.0.0.1")]);
  say(fabric, "node-1", at, [neighbor("node-1", "10.0.0.1", "10.0.0.0")]);
}

function copy(fabric: LiveFabric): FabricView {
  return viewFromWire(JSON.parse(JSON.stringify(viewToWire(fabric.view()))));
}

function settled() {
  const fabric = new LiveFabric(INFO, INVENTORY, [], T);
  bothUp(fabric, T);
  fabric.flush(T);
  return fabric;
}

test("a view fetched at any time and patched with the deltas after its id is the view fetched now", () => {
  const fabric = settled();
  const deltas: Delta[] = [];
  fabric.onDelta((delta) => deltas.push(JSON.parse(JSON.stringify(delta))));
  const views = [copy(fabric)];
  for (let i = 1; i <= 30; i++) {
    const state = i % 3 === 0 ? "established" : i % 3 === 1 ? "active" : "idle";
    say(fabric, "leaf-1", T + i * 100, i % 7 === 0 ? [] : [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { state })]);
    fabric.tick(T + i * 100);
    if (i % 2 === 0) fabric.flush(T + i * 100);
    views.push(copy(fabric));
  }
  fabric.flush(T + 9_000);
  const now = copy(fabric);
  for (const view of views) {
    const n = Number(view.id.split(":")[1]);
    const patched = deltas.filter((delta) => Number(delta.id.split(":")[1]) > n).reduce(applyDelta, view);
    expect({ ...patched, asOf: 0 }).toEqual({ ...now, asOf: 0 });
  }
});

test("events are numbered without a gap, and a storm between two flushes keeps each of them", () => {
  const fabric = settled();
  const deltas: Delta[] = [];
  fabric.onDelta((delta) => deltas.push(delta));
  for (let i = 1; i <= 6; i++) {
    say(fabric, "leaf-1", T + i, [
      neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { state: i % 2 ? "idle" : "established" }),
    ]);
  }
  fabric.flush(T + 100);
  expect(deltas).toHaveLength(1);
  expect(deltas[0]?.events?.map((event) => event.kind)).toEqual(Array(3).fill(["session-down", "session-up"]).flat());
  const numbers = deltas[0]?.events?.map((event) => event.seq) ?? [];
  expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
});

test("what there is at the start is no news; what is wrong at the start is", () => {
  const fabric = new LiveFabric(INFO, INVENTORY, [], T);
  bothUp(fabric, T);
  fabric.flush(T);
  expect(fabric.view().events).toEqual([]);
  const broken = new LiveFabric(INFO, INVENTORY, [], T);
  say(broken, "leaf-1", T, [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { state: "active" })]);
  broken.flush(T);
  expect(broken.view().events.map((event) => event.kind)).toEqual(["session-down"]);
});

test("a flap between two polls is an event though both answers say established", () => {
  const fabric = settled();
  say(fabric, "leaf-1", T + 1_000, [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { since: T - 90_000, flaps: 1 })]);
  say(fabric, "leaf-1", T + 2_000, [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { since: T + 1_500, flaps: 2 })]);
  fabric.flush(T + 2_000);
  expect(fabric.view().events.at(-1)).toMatchObject({ kind: "session-flapped", session: "10.0.0.0~10.0.0.1" });
});

test("while the collector suspects itself, losing sight of everything is one event", () => {
  const fabric = settled();
  fabric.impair({ since: T, text: "The console's own network is the first suspect." }, T + 2_500);
  fabric.tick(T + 4_000);
  fabric.flush(T + 4_000);
  expect(fabric.view().sessions.get("10.0.0.0~10.0.0.1")?.status).toBe("unknown");
  expect(fabric.view().events.map((event) => event.kind)).toEqual(["collector-impaired"]);
  expect(fabric.view().impaired?.text).toContain("own network");
});

test("an answer that moves only its own time travels as one number", () => {
  const fabric = settled();
  const deltas: Delta[] = [];
  fabric.onDelta((delta) => deltas.push(delta));
  bothUp(fabric, T + 1_000);
  fabric.flush(T + 1_000);
  expect(deltas).toEqual([{ id: fabric.id, asOf: T + 1_000, seen: { "leaf-1/x": T + 1_000, "node-1/x": T + 1_000 } }]);
  fabric.flush(T + 1_100);
  expect(deltas).toHaveLength(1);
});
