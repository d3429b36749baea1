import { expect, test } from "vitest";
import type { Neighbor } from "../../lib/fabric/neighbor.ts";
import type { Session } from "../../lib/fabric/session.ts";
import { sessionFacts } from "./session-facts.ts";

function neighbor(rest: Partial<Neighbor>): Neighbor {
  return { id: "n", device: "d", vrf: "default", state: "established", families: [], timers: {}, ...rest };
}

function session(near: Neighbor | undefined, far: Neighbor | undefined): Session {
  return {
    id: "s",
    vrf: "default",
    kind: "node-tor",
    near: { freshness: "fresh", ...(near && { neighbor: near }) },
    far: { freshness: "fresh", ...(far && { neighbor: far }) },
    seen: "both-ends",
    status: "up",
    stale: false,
    disputed: false,
    verdict: { cause: "none", sentence: "", checkFirst: [] },
  };
}

function fact(name: string, near?: Neighbor, far?: Neighbor) {
  return sessionFacts(session(near, far)).find((row) => row.name === name);
}

test("what neither end tells has no row, and what one end does not tell is absent", () => {
  expect(fact("hold, agreed", neighbor({}), neighbor({}))).toBeUndefined();
  expect(fact("lost so far", neighbor({ flaps: 0 }))).toEqual({ name: "lost so far", near: "0 times" });
});

test("an agreed hold time that is not the same at both ends differs", () => {
  const row = fact("hold, agreed", neighbor({ timers: { holdSec: 90 } }), neighbor({ timers: { holdSec: 9 } }));

  expect(row).toMatchObject({ near: "90 s", far: "9 s", differs: true });
});

test("an end differs when it expects an AS that the other one is not", () => {
  const near = neighbor({ peerAs: 65_102, localAs: 65_217 });

  expect(fact("expects AS", near, neighbor({ peerAs: 65_218, localAs: 65_102 }))?.differs).toBe(true);
  expect(fact("expects AS", near, neighbor({ peerAs: 65_217, localAs: 65_102 }))?.differs).toBe(false);
});

test("a count is the sum over families, and absent when no family tells it", () => {
  const near = neighbor({
    families: [
      { family: "ipv4-unicast", received: 3 },
      { family: "ipv6-unicast", received: 4 },
    ],
  });

  expect(fact("received", near, neighbor({}))).toEqual({ name: "received", near: "7" });
});
