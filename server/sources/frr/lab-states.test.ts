import { describe, expect, test } from "vitest";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { remember } from "./bgp-memory.ts";
import { parseBfdPeers } from "./parse-bfd.ts";
import { parseNeighbors } from "./parse-neighbors.ts";
import { parseSummary } from "./parse-summary.ts";
import { NO_SHARED, sharedCapture, sharedCaptures } from "./shared-captures.ts";
import { rowsByNeighbor } from "./summary-neighbors.ts";

/** Noon of some day: what an answer counts from is the console's clock, not the device's. */
const AT = Date.UTC(2026, 10, 23, 12);

/** What one leaf of the lab says, by the description of its neighbor. */
function told(device: string, state: string): Map<string, Neighbor> {
  const capture = `lab-${state}-${device}`;
  const rows = rowsByNeighbor(parseSummary(sharedCapture(`${capture}-bgp-summary.json`)).rows);
  const bfdFile = `${capture}-bfd-peers.json`;
  const bfd = sharedCaptures().includes(bfdFile) ? parseBfdPeers(sharedCapture(bfdFile), AT) : [];
  const peers = parseNeighbors(sharedCapture(`${capture}-bgp-neighbors.json`));
  const all = remember(peers, { device, observedAt: AT, rows, bfd, earlier: new Map() });
  return new Map([...all.values()].map(({ neighbor }) => [neighbor.description ?? "", neighbor]));
}

const CONFIGURED = { configuredHoldSec: 30, configuredKeepaliveSec: 10, connectRetrySec: 2 };
const LIMIT = { max: 20, warnAtPercent: 75, exceeded: false, action: "disable" as const };
const DOWN_FAMILY = { family: "ipv4-unicast" as const, accepted: 0, limit: LIMIT };
const BFD_UP = { state: "up" as const, intervalMs: 300, multiplier: 3 };

function node(number: number) {
  const address = `10.20.1.${2 * number - 1}`;
  return {
    id: `leaf1|default|${address}`,
    device: "leaf1",
    vrf: "default",
    neighborAddress: address,
    description: `node${number}`,
    localAs: 65001,
    peerAs: 64512,
    localRouterId: "10.255.1.1",
  };
}

describe.skipIf(NO_SHARED !== undefined)(`leaf1 of the lab, mixed faults ${NO_SHARED ?? ""}`, () => {
  const leaf1 = NO_SHARED === undefined ? told("leaf1", "mixed-bird1") : new Map<string, Neighbor>();

  test("node1 is established, with MD5", () => {
    expect(leaf1.get("node1")).toEqual({
      ...node(1),
      localAddress: "10.20.1.0",
      peerRouterId: "10.255.2.1",
      state: "established",
      since: AT - 42_000,
      flaps: 0,
      families: [{ family: "ipv4-unicast", negotiated: true, accepted: 3, advertised: 51, limit: LIMIT }],
      timers: { holdSec: 30, keepaliveSec: 10, ...CONFIGURED },
      bfd: { ...BFD_UP, since: AT - 41_000 },
      gracefulRestart: { local: "restart", peer: "restart", restartSec: 120 },
      password: "set",
    });
  });

  test("node2 is shut on this side", () => {
    expect(leaf1.get("node2")).toEqual({
      ...node(2),
      localAddress: "10.20.1.2",
      peerRouterId: "10.255.2.2",
      state: "idle",
      heldDown: { by: "admin" },
      since: AT - 36_000,
      flaps: 1,
      lastError: { direction: "local", text: "BFD down received", at: AT - 36_000 },
      families: [DOWN_FAMILY],
      timers: CONFIGURED,
      bfd: { ...BFD_UP, since: AT - 35_000 },
      gracefulRestart: { local: "restart", restartSec: 120 },
      password: "none",
      rawState: "Idle (Admin)",
    });
  });

  test("node3 is gone, and its routes are kept", () => {
    expect(leaf1.get("node3")).toMatchObject({
      state: "active",
      since: AT - 36_000,
      flaps: 1,
      families: [{ ...DOWN_FAMILY, accepted: 3 }],
      gracefulRestart: { local: "restart", restartSec: 120, keepingStale: true },
      bfd: { state: "down" },
      rawState: "Active (NSF passive)",
    });
    expect(leaf1.get("node3")?.heldDown).toBeUndefined();
  });

  test("node4 sent more prefixes than its limit", () => {
    expect(leaf1.get("node4")).toMatchObject({
      state: "idle",
      heldDown: { by: "prefix-limit" },
      families: [{ ...DOWN_FAMILY, limit: { ...LIMIT, exceeded: true } }],
      rawState: "Idle (PfxCt)",
    });
  });

  test("node5 has another password: no error says so, only that one is set here and the connection stays in Connect", () => {
    expect(leaf1.get("node5")).toMatchObject({ state: "connect", password: "set", bfd: { state: "up" } });
    expect(leaf1.get("node5")?.heldDown).toBeUndefined();
  });

  test("node6 is lost to BFD, and we told it so", () => {
    expect(leaf1.get("node6")).toMatchObject({
      state: "connect",
      since: AT - 32_000,
      lastError: {
        direction: "sent",
        notification: { code: 6, subcode: 10 },
        text: "Cease/BFD Down",
        at: AT - 32_000,
      },
      bfd: { state: "down", since: AT - 32_000 },
    });
  });

  test("node8 shows another AS than the one that is expected", () => {
    expect(leaf1.get("node8")).toEqual({
      ...node(8),
      peerAs: 64599,
      localAddress: "10.20.1.14",
      state: "active",
      flaps: 0,
      lastError: { direction: "sent", notification: { code: 2, subcode: 2 }, text: "OPEN Message Error/Bad Peer AS" },
      families: [{ family: "ipv4-unicast", accepted: 0 }],
      timers: { ...CONFIGURED, connectRetrySec: 120 },
      gracefulRestart: { local: "restart" },
      password: "none",
    });
  });

  test("the neighbor that nobody has is without a route, and never was up", () => {
    expect(leaf1.get("ghost")).toMatchObject({
      state: "active",
      heldDown: { by: "no-route", text: "Waiting for NHT" },
      flaps: 0,
    });
    expect(leaf1.get("ghost")).not.toHaveProperty("since");
  });

  test("the spines are established", () => {
    expect(leaf1.get("spine1")).toMatchObject({ state: "established", peerAs: 65100, families: [{ accepted: 40 }] });
    expect(leaf1.get("spine2")?.families[0]).not.toHaveProperty("limit");
  });
});

describe.skipIf(NO_SHARED !== undefined)(`leaf3 of the lab, mixed faults ${NO_SHARED ?? ""}`, () => {
  const leaf3 = NO_SHARED === undefined ? told("leaf3", "mixed-bird2") : new Map<string, Neighbor>();

  test("node9, disabled over there, is down here with nothing but BFD's word: FRR overwrites the NOTIFICATION", () => {
    expect(leaf3.get("node9")).toMatchObject({
      state: "connect",
      lastError: { direction: "local", text: "BFD down received", at: AT - 34_000 },
      bfd: { state: "down" },
    });
    expect(leaf3.get("node9")?.heldDown).toBeUndefined();
  });

  test("node11, whose link is down, waits for a route", () => {
    expect(leaf3.get("node11")).toMatchObject({
      state: "active",
      heldDown: { by: "no-route" },
      lastError: { direction: "local", text: "Waiting for NHT", at: AT - 34_000 },
      since: AT - 34_000,
    });
  });

  test("node12 is shut on this side", () => {
    expect(leaf3.get("node12")?.heldDown).toEqual({ by: "admin" });
  });
});

describe.skipIf(NO_SHARED !== undefined)(`leaves of the lab in other states ${NO_SHARED ?? ""}`, () => {
  test("healthy and with looped paths, every session is up, and nothing was ever lost", () => {
    for (const state of ["healthy", "asloop"]) {
      const leaf1 = told("leaf1", state);
      expect(leaf1.size).toBe(6);
      for (const neighbor of leaf1.values()) {
        expect(neighbor.state).toBe("established");
        expect(neighbor.lastError).toBeUndefined();
        expect(neighbor.heldDown).toBeUndefined();
        expect(neighbor.families[0]?.negotiated).toBe(true);
      }
    }
  });

  test("with looped paths, the leaf tells how much it sent: only the node tells how little it took", () => {
    expect(told("leaf1", "asloop").get("node1")?.families[0]).toMatchObject({ accepted: 3, advertised: 30 });
  });

  test("dead, each tells its own way of dying", () => {
    const leaf1 = told("leaf1", "dead");
    const leaf3 = told("leaf3", "dead");
    expect(leaf1.get("node1")?.lastError).toEqual({
      direction: "sent",
      notification: { code: 4, subcode: 0 },
      text: "Hold Timer Expired",
      at: AT - 5_000,
    });
    expect(leaf1.get("node3")?.lastError).toEqual({
      direction: "local",
      text: "Peer closed the session",
      at: AT - 8_000,
    });
    expect(leaf1.get("node4")?.heldDown).toEqual({ by: "no-route", text: "Waiting for NHT" });
    expect(leaf3.get("node5")?.lastError?.notification).toEqual({ code: 4, subcode: 0 });
    expect(leaf3.get("node6")?.lastError?.text).toBe("Peer closed the session");
    expect(leaf3.get("node7")?.state).toBe("established");
  });
});
