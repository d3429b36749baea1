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
    tookMs: 1,
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

function fail(fabric: LiveFabric, device: string, at: number) {
  const error = { reason: "timeout" as const, text: `${device}/x did not answer in time`, since: T + 1_000 };
  const failing = { id: `${device}/x`, kind: "x", device, everyMs: 1_000, state: "failing" as const, address: "x" };
  fabric.health({ ...failing, lastOkAt: T, error }, at);
}

const kinds = (fabric: LiveFabric) => fabric.view().events.map((event) => event.kind);

test("a source is silent when its last answer is no longer believed, and back with its next", () => {
  const fabric = settled();
  fail(fabric, "leaf-1", T + 1_000);
  fabric.flush(T + 1_000);
  expect(kinds(fabric)).toEqual([]);
  fabric.tick(T + 3_000);
  fail(fabric, "leaf-1", T + 3_100);
  fabric.flush(T + 3_100);
  expect(kinds(fabric).filter((kind) => kind.startsWith("source-"))).toEqual(["source-silent"]);
  say(fabric, "leaf-1", T + 4_000, [neighbor("leaf-1", "10.0.0.0", "10.0.0.1")]);
  fabric.flush(T + 4_000);
  expect(kinds(fabric).filter((kind) => kind.startsWith("source-"))).toEqual(["source-silent", "source-back"]);
});

test("sources that fall silent and come back while the collector suspects itself are no news; one that stays silent is", () => {
  const fabric = settled();
  for (const device of ["leaf-1", "node-1"]) fail(fabric, device, T + 1_000);
  fabric.impair({ since: T, text: "The console's own network is the first suspect." }, T + 2_000);
  fabric.tick(T + 3_000);
  fabric.impair(undefined, T + 5_000);
  say(fabric, "leaf-1", T + 5_100, [neighbor("leaf-1", "10.0.0.0", "10.0.0.1")]);
  fabric.tick(T + 5_200);
  fabric.flush(T + 5_200);
  expect(kinds(fabric)).toEqual(["collector-impaired", "collector-recovered"]);
  say(fabric, "leaf-1", T + 40_000, [neighbor("leaf-1", "10.0.0.0", "10.0.0.1")]);
  fabric.tick(T + 40_000);
  fabric.flush(T + 40_000);
  expect(fabric.view().events.filter(({ kind }) => kind === "source-silent")).toMatchObject([{ source: "node-1/x" }]);
});

test("the reason why the collector suspects itself is told as it changes, as one suspicion", () => {
  const fabric = settled();
  for (const [i, count] of [4, 6, 6, 9].entries()) fabric.impair({ since: T + i, text: `${count} of 10 fail` }, T + i);
  fabric.flush(T + 10);
  expect(fabric.view().impaired).toEqual({ since: T, text: "9 of 10 fail" });
  expect(kinds(fabric)).toEqual(["collector-impaired"]);
});

test("an answer that ends a silence with a session lost tells that it is down, and never that it is up again", () => {
  const fabric = settled();
  fabric.tick(T + 3_500);
  fabric.flush(T + 3_500);
  expect(fabric.view().sessions.get("10.0.0.0~10.0.0.1")?.status).toBe("unknown");
  say(fabric, "leaf-1", T + 4_000, [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", { state: "active" })]);
  fabric.flush(T + 4_000);
  expect(kinds(fabric)).toEqual(["session-unknown", "session-down"]);
});

test("a session that comes back by way of degraded is news as one that comes back at once", () => {
  const fabric = settled();
  const leaf = (more: Partial<Neighbor>) => [neighbor("leaf-1", "10.0.0.0", "10.0.0.1", more)];
  const near = { family: "ipv4-unicast" as const, accepted: 99, limit: { max: 100, warnAtPercent: 80 } };
  say(fabric, "leaf-1", T + 100, leaf({ state: "idle" }));
  say(fabric, "leaf-1", T + 5_100, leaf({ families: [near] }));
  expect(fabric.snapshot().sessions.get("10.0.0.0~10.0.0.1")?.status).toBe("degraded");
  say(fabric, "leaf-1", T + 6_100, leaf({}));
  fabric.flush(T + 6_100);
  expect(fabric.view().sessions.get("10.0.0.0~10.0.0.1")).toMatchObject({ status: "up", wasDownMs: 5_000 });
});

test("an answer that moves only its own time travels as two numbers", () => {
  const fabric = settled();
  const deltas: Delta[] = [];
  fabric.onDelta((delta) => deltas.push(delta));
  bothUp(fabric, T + 1_000);
  fabric.flush(T + 1_000);
  const seen = { "leaf-1/x": [T + 1_000, 1], "node-1/x": [T + 1_000, 1] };
  expect(deltas).toEqual([{ id: fabric.id, asOf: T + 1_000, seen }]);
  fabric.flush(T + 1_100);
  expect(deltas).toHaveLength(1);
});
