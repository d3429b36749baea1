import { expect, test } from "vitest";
import type { Neighbor } from "../../lib/fabric/neighbor.ts";
import type { Session } from "../../lib/fabric/session.ts";
import { errorWords, mirrorRows } from "./mirror-rows.ts";

const NOW = Date.UTC(2026, 10, 23, 3, 0, 0);

function neighbor(device: string, more: Partial<Neighbor> = {}): Neighbor {
  return { id: device, device, vrf: "default", state: "established", families: [], timers: {}, ...more };
}

function session(near: Partial<Neighbor>, far: Partial<Neighbor>): Session {
  return {
    id: "s",
    vrf: "default",
    kind: "node-tor",
    near: { device: "node-1", asn: 65_201, freshness: "fresh", neighbor: neighbor("node-1", near) },
    far: { device: "leaf-1", asn: 65_101, freshness: "fresh", neighbor: neighbor("leaf-1", far) },
    seen: "both-ends",
    status: "up",
    stale: false,
    disputed: false,
    verdict: { cause: "none", sentence: "", checkFirst: [] },
  };
}

const differing = (one: Session) =>
  mirrorRows(one, NOW)
    .filter(({ differs }) => differs)
    .map(({ name }) => name);

test("what is different by nature is not marked as a difference", () => {
  expect(
    differing(
      session(
        { localRouterId: "10.0.0.1", peerAs: 65_101, timers: { configuredHoldSec: 240, holdSec: 90 } },
        { localRouterId: "10.0.0.2", peerAs: 65_201, timers: { configuredHoldSec: 90, holdSec: 90 } },
      ),
    ),
  ).toEqual([]);
});

test("passwords, agreed hold times and expected AS numbers must fit each other", () => {
  expect(differing(session({ password: "set" }, { password: "none" }))).toEqual(["password"]);
  expect(differing(session({ password: "set" }, {}))).toEqual([]);
  expect(differing(session({ peerAs: 65_999 }, {}))).toEqual(["expects AS"]);
  expect(differing(session({ timers: { holdSec: 90 } }, { timers: { holdSec: 30 } }))).toEqual(["hold, own / agreed"]);
});

test("one end up and the other not is a difference", () => {
  expect(differing(session({}, { state: "active" }))).toEqual(["says"]);
});

test("an error bears the name of the RFC, its direction and the operator's text", () => {
  expect(
    errorWords(
      { direction: "received", notification: { code: 6, subcode: 2 }, text: "x", communication: "CHG-1" },
      NOW,
    ),
  ).toBe("received: Cease / Administrative Shutdown “CHG-1”");
});

test("a family that neither tells has no row; one that one end tells leaves the other blank", () => {
  const rows = mirrorRows(session({ families: [{ family: "ipv4-unicast", received: 0 }] }, {}), NOW);
  expect(rows.filter(({ name }) => /prefixes/.test(name))).toEqual([{ name: "IPv4 prefixes", near: "0 in" }]);
});
