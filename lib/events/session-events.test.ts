import { expect, test } from "vitest";
import { type Neighbor, neighborId } from "../fabric/neighbor.ts";
import { Snapshot } from "../fabric/snapshot.ts";
import { sessionEvents } from "./session-events.ts";

const T = 1_700_000_000_000;

/** What is told when the leaf's word on its one neighbor goes from `before` to `after`, `silentMs` apart. */
function told(before: Partial<Neighbor>, after: Partial<Neighbor>, silentMs = 500): readonly string[] {
  const snapshot = new Snapshot([
    { name: "leaf-1", role: "leaf" },
    { name: "node-1", role: "node", addresses: ["10.0.0.1"] },
  ]);
  const say = (at: number, more: Partial<Neighbor>) => {
    const neighbor: Neighbor = {
      id: neighborId("leaf-1", "default", "10.0.0.1"),
      device: "leaf-1",
      vrf: "default",
      localAddress: "10.0.0.0",
      neighborAddress: "10.0.0.1",
      state: "established",
      families: [],
      timers: {},
      ...more,
    };
    const health = { id: "leaf-1/x", kind: "x", device: "leaf-1", everyMs: 1_000, address: "x", lastOkAt: at };
    const observation = { source: "leaf-1/x", device: "leaf-1", observedAt: at, tookMs: 1, neighbors: [neighbor] };
    return snapshot.observe(observation, { ...health, state: "ok" });
  };
  say(T, before);
  snapshot.tick(T + silentMs);
  return sessionEvents(say(T + silentMs, after).sessions, false).map(({ kind, sentence }) => `${kind}: ${sentence}`);
}

const NEAR_LIMIT = { families: [{ family: "ipv4-unicast" as const, accepted: 95, limit: { max: 100 } }] };

test("a session that was lost is up again, after how long; one that was not seen is only seen again", () => {
  expect(told({ state: "active", since: T - 60_000 }, { since: T + 400 })).toEqual([
    "session-up: leaf-1 ↔ node-1 is up again after 60 s.",
  ]);
  expect(told({}, {}, 3_500)).toEqual(["session-up: leaf-1 ↔ node-1 is seen again, and is up."]);
  expect(told(NEAR_LIMIT, {})).toEqual(["session-up: leaf-1 ↔ node-1 is healthy again."]);
});

test.each([
  ["counted by the device", { flaps: 3 }, { flaps: 4 }],
  ["seen in its uptime", { since: T - 90_000 }, { since: T + 100 }],
  [
    "by a daemon that started anew and counts from nothing",
    { flaps: 3, since: T - 90_000 },
    { flaps: 0, since: T + 100 },
  ],
  ["of a session that is up with a blemish", { ...NEAR_LIMIT, flaps: 3 }, { ...NEAR_LIMIT, flaps: 4 }],
] satisfies readonly (readonly [string, Partial<Neighbor>, Partial<Neighbor>])[])(
  "a flap between two polls, %s, is told",
  (_how, before, after) => {
    expect(told(before, after)).toEqual([
      "session-flapped: leaf-1 ↔ node-1 went down and came back between two polls.",
    ]);
  },
);

test.each([
  ["an uptime that is rounded another way", { since: T - 90_000 }, { since: T - 88_000 }],
  [
    "counters that were cleared while the session stood",
    { flaps: 3, since: T - 90_000 },
    { flaps: 0, since: T - 90_000 },
  ],
] satisfies readonly (readonly [string, Partial<Neighbor>, Partial<Neighbor>])[])(
  "%s is no flap",
  (_what, before, after) => {
    expect(told(before, after)).toEqual([]);
  },
);
