import { describe, expect, test } from "vitest";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { neighborOf } from "./neighbor-of.ts";
import { parseVrfNeighbors } from "./parse-neighbors.ts";
import { ownCapture } from "./shared-captures.ts";
import { steady } from "./steady.ts";

const DOWN: Neighbor = {
  id: "leaf|default|10.0.0.1",
  device: "leaf",
  vrf: "default",
  state: "active",
  since: 1_000_000,
  flaps: 3,
  lastError: { direction: "local", text: "Peer closed the session", at: 1_000_000 },
  families: [],
  timers: {},
};
const DAY = 86_400_000;

test("a neighbor that says the same is the same object", () => {
  expect(steady(DOWN, structuredClone(DOWN))).toBe(DOWN);
});

test("an instant that reads a second or two off is the same instant", () => {
  const later = {
    ...DOWN,
    since: 1_002_000,
    lastError: { direction: "local", text: "Peer closed the session", at: 999_000 },
  };
  expect(steady(DOWN, later as Neighbor)).toBe(DOWN);
});

test("an instant from a timer that began again at 0 after a day is the same instant", () => {
  expect(steady(DOWN, { ...DOWN, since: 1_000_000 + DAY })).toBe(DOWN);
});

test("a new outage has its own instants, though two seconds later", () => {
  const again = { ...DOWN, flaps: 4, since: 1_002_000 };
  expect(steady(DOWN, again)).toBe(again);
});

test("coming up is news, whatever the clock says", () => {
  const { lastError, ...rest } = DOWN;
  const up: Neighbor = { ...rest, state: "established", since: 1_001_000 };
  expect(steady(DOWN, up)).toBe(up);
});

test("moving between the states of a session that is down keeps its since", () => {
  expect(steady(DOWN, { ...DOWN, state: "connect", since: 1_001_000 })).toEqual({ ...DOWN, state: "connect" });
});

describe("the cause of an outage", () => {
  const waiting: Neighbor = {
    ...DOWN,
    lastError: { direction: "local", text: "Waiting for peer OPEN", at: 1_001_000 },
  };

  test("outlives that FRR waits for the next OPEN", () => {
    expect(steady(DOWN, waiting)).toBe(DOWN);
  });

  test("does not outlive the outage", () => {
    expect(steady(DOWN, { ...waiting, flaps: 4 }).lastError?.text).toBe("Waiting for peer OPEN");
  });

  test("gives way to another one", () => {
    const other: Neighbor = { ...DOWN, lastError: { direction: "local", text: "Interface down" } };
    expect(steady(DOWN, other).lastError?.text).toBe("Interface down");
  });
});

test("BFD that stays in its state keeps its since", () => {
  const up: Neighbor = { ...DOWN, bfd: { state: "up", since: 5_000 } };
  expect(steady(up, { ...DOWN, bfd: { state: "up", since: 6_000 } })).toBe(up);
  expect(steady(up, { ...DOWN, bfd: { state: "down", since: 6_000 } }).bfd).toEqual({ state: "down", since: 6_000 });
});

test("a later poll in which only timers and counters of messages moved gives the same objects", () => {
  const text = ownCapture("show-bgp-vrf-all-neighbors.json");
  const moved = text
    .replaceAll(/("bgpTimerLast(?:Read|Write)"|"next\w+DueInMsecs"|"restartInTimerMsec"):\d+/g, "$1:1000")
    .replaceAll(/("total(?:Sent|Recv)"|"keepalives(?:Sent|Recv)"|"estimatedRttInMsecs"|"port\w+"):\d+/g, "$1:7")
    .replaceAll(/("bgpTimerUpMsec"|"lastResetTimerMsecs"):(\d+)/g, (_, key, ms) => `${key}:${Number(ms) + 3000}`);
  expect(moved).not.toBe(text);

  const first = parseVrfNeighbors(text).map((told) => neighborOf(told, "leaf", { observedAt: 1_800_000_000_400 }));
  const second = parseVrfNeighbors(moved).map((told) => neighborOf(told, "leaf", { observedAt: 1_800_000_003_700 }));
  for (const [index, neighbor] of first.entries()) {
    const now = second[index];
    expect(now && steady(neighbor, { ...now, ...(neighbor.bfd && { bfd: neighbor.bfd }) })).toBe(neighbor);
  }
});
