import { expect, test } from "vitest";
import type { FabricEvent } from "../../lib/events/event.ts";
import type { Session } from "../../lib/fabric/session.ts";
import { timelineOf } from "./timeline-lanes.ts";

const NOW = Date.UTC(2026, 10, 23, 3, 0, 0);
const MIN = 60_000;

function session(since: number): Session {
  return {
    id: "s",
    vrf: "default",
    kind: "node-tor",
    near: { device: "node-1", freshness: "fresh" },
    far: {
      device: "leaf-1",
      freshness: "fresh",
      neighbor: {
        id: "n",
        device: "leaf-1",
        vrf: "default",
        state: "active",
        since,
        flaps: 2,
        families: [],
        timers: {},
      },
    },
    seen: "one-end",
    status: "down",
    stale: false,
    disputed: false,
    since,
    verdict: { cause: "hold-timer", sentence: "", checkFirst: [] },
  };
}

function event(seq: number, at: number, tone: FabricEvent["tone"]): FabricEvent {
  return { seq, at, tone, kind: "session-down", sentence: "", devices: [] };
}

test("lanes fill the whole time without gaps or overlaps", () => {
  const { from, to, lanes } = timelineOf(
    session(NOW - 40 * MIN),
    [event(1, NOW - 30 * MIN, "down"), event(2, NOW - 5 * MIN, "degraded")],
    NOW,
  );
  for (const { spans } of lanes) {
    expect(spans[0]?.from).toBe(from);
    expect(spans.at(-1)?.to).toBe(to);
    for (const [i, span] of spans.entries()) if (i > 0) expect(span.from).toBe(spans[i - 1]?.to);
  }
});

test("an end without a source tells nothing, and before the console's first event nothing is claimed", () => {
  const { lanes } = timelineOf(session(NOW - 40 * MIN), [event(1, NOW - 30 * MIN, "down")], NOW);
  expect(lanes.map(({ spans }) => spans.map(({ words }) => words))).toEqual([
    ["Established", "Active"],
    ["tells nothing"],
    ["not told", "down"],
  ]);
  expect(lanes[2]?.spans[0]).not.toHaveProperty("status");
});

test("what began weeks ago is drawn over the last hour", () => {
  const { from, to } = timelineOf(session(NOW - 30 * 24 * 60 * MIN), [], NOW);
  expect(to - from).toBeLessThanOrEqual(60 * MIN * 1.2);
});
