import { describe, expect, test } from "vitest";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { neighborOf } from "./neighbor-of.ts";
import { Peer, parseNeighbors, parseVrfNeighbors } from "./parse-neighbors.ts";
import { parseVrfSummary } from "./parse-summary.ts";
import { NO_SHARED, ownCapture, sharedCapture } from "./shared-captures.ts";
import { rowKey, rowsByNeighbor } from "./summary-neighbors.ts";

const AT = Date.UTC(2026, 10, 25, 12);
const DAY = 86_400_000;

function captured(): Map<string, Neighbor> {
  const rows = rowsByNeighbor(parseVrfSummary(ownCapture("show-bgp-vrf-all-summary.json")).rows);
  const peers = parseVrfNeighbors(ownCapture("show-bgp-vrf-all-neighbors.json"));
  return new Map(
    peers.map((told) => [
      told.key,
      neighborOf(told, "leaf", { observedAt: AT, rows: rows.get(rowKey(told.vrf, told.key)) }),
    ]),
  );
}

/** One neighbor, of what FRR says of it. */
function peer(said: Record<string, unknown>, beside = { observedAt: AT }): Neighbor {
  return neighborOf({ vrf: "default", key: "10.0.0.1", peer: Peer.parse(said), raw: said }, "leaf", beside);
}

describe("two speakers", () => {
  const leaf = captured();

  test("a shutdown by the other end is received, with the operator's text", () => {
    expect(leaf.get("10.77.2.1")?.lastError).toEqual({
      direction: "received",
      notification: { code: 6, subcode: 2 },
      text: "Cease/Administrative Shutdown (hard reset)",
      communication: "maintenance rack 7",
      at: AT - 27_000,
    });
    expect(leaf.get("10.77.2.1")?.heldDown).toBeUndefined();
  });

  test("a limit has its action: restart, warn or disable", () => {
    expect(leaf.get("10.77.3.1")?.families[0]?.limit).toEqual({
      max: 1,
      warnAtPercent: 75,
      exceeded: true,
      action: "restart",
      restartSec: 300,
    });
    expect(leaf.get("10.77.4.1")?.families[0]?.limit).toEqual({
      max: 1,
      warnAtPercent: 75,
      exceeded: true,
      action: "warn",
    });
    expect(leaf.get("10.77.1.1")?.families[0]?.limit).toEqual({
      max: 100,
      warnAtPercent: 80,
      exceeded: false,
      action: "disable",
    });
  });

  test("a family that the other end did not name is not agreed", () => {
    expect(leaf.get("10.77.8.1")).toMatchObject({
      state: "established",
      families: [
        { family: "ipv4-unicast", negotiated: true },
        { family: "ipv6-unicast", negotiated: false },
      ],
    });
  });

  test("an unnumbered neighbor is known by its port, and has the address that it runs over", () => {
    expect(leaf.get("to-peer")).toMatchObject({
      id: "leaf|default|to-peer",
      name: "to-peer",
      interface: "to-peer",
      neighborAddress: "10.77.1.1",
    });
    expect(leaf.get("10.77.1.1")).not.toHaveProperty("name");
  });

  test("passive, multihop and update source are told", () => {
    expect(leaf.get("10.77.6.1")).toMatchObject({ heldDown: { by: "passive" }, rawState: "Active (Passive)" });
    expect(leaf.get("10.77.9.1")).toMatchObject({ multihop: 3, localAddress: "10.77.1.0" });
    expect(leaf.get("10.77.1.1")).not.toHaveProperty("multihop");
  });

  test("hold time and keepalive are in force only while established", () => {
    expect(leaf.get("10.77.1.1")?.timers).toMatchObject({ holdSec: 9, keepaliveSec: 3 });
    expect(leaf.get("10.77.5.1")?.timers).toEqual({
      configuredHoldSec: 9,
      configuredKeepaliveSec: 3,
      connectRetrySec: 120,
    });
  });

  test("BFD is told by bgpd itself where bfdd was not asked", () => {
    expect(leaf.get("10.77.1.1")?.bfd).toEqual({
      state: "up",
      since: AT - 46_000,
      intervalMs: 300,
      multiplier: 3,
    });
    expect(leaf.get("10.77.2.1")).not.toHaveProperty("bfd");
  });

  test("what FRR writes for nothing is absent: no address yet, no router id, no text", () => {
    const unreached = leaf.get("10.77.99.1");
    for (const name of ["localAddress", "peerRouterId", "description", "since"]) {
      expect(unreached).not.toHaveProperty(name);
    }
  });
});

describe.skipIf(NO_SHARED !== undefined)(`older and other FRR ${NO_SHARED ?? ""}`, () => {
  test("Cumulus Linux 3.7 names its families and its timer otherwise", () => {
    const text = sharedCapture("suzieq-dual-attach_bgp_docker/exit01/net_show_bgp_vrf_all_neighbor.json");
    const all = parseVrfNeighbors(text).map((told) => neighborOf(told, "exit01", { observedAt: AT }));
    expect(all.map(({ vrf, name }) => `${vrf} ${name}`)).toContain("internet-vrf swp6");
    expect(all[0]).toMatchObject({
      neighborAddress: "fe80::5054:ff:fe95:5a07",
      state: "established",
      since: AT - 154_000,
      families: [{ family: "ipv4-unicast", accepted: 6 }],
    });
    expect(all[0]?.families[0]).not.toHaveProperty("advertised"); // not printed then
    expect(all[0]).not.toHaveProperty("lastError"); // "lastReset": "never"
  });

  test("an unnumbered neighbor without a link has no address", () => {
    const text = sharedCapture("lab-8.4.4/C/r1__show_bgp_vrf_all_neighbors_json.json");
    const eth1 = parseVrfNeighbors(text).find(({ key }) => key === "eth1");
    expect(eth1 && neighborOf(eth1, "r1")).toMatchObject({ interface: "eth1", heldDown: { by: "no-route" } });
    expect(eth1 && neighborOf(eth1, "r1")).not.toHaveProperty("neighborAddress");
  });

  test("a peer that hit its own limit is told as received", () => {
    const text = sharedCapture("lab-8.4.4/F/r1__show_bgp_vrf_all_neighbors_json.json");
    const fd99 = parseVrfNeighbors(text).find(({ key }) => key === "fd99::2");
    expect(fd99 && neighborOf(fd99, "r1").lastError).toMatchObject({
      direction: "received",
      notification: { code: 6, subcode: 1 },
    });
  });

  test("each VRF keeps its name, and the global table is default", () => {
    const text = sharedCapture("lab-8.4.4/B/r1__show_bgp_vrf_all_neighbors_json.json");
    const vrfs = parseVrfNeighbors(text).map((told) => neighborOf(told, "r1").vrf);
    expect(new Set(vrfs)).toEqual(new Set(["default", "red"]));
  });
});

describe("instants", () => {
  test("without the time of the answer, only the one that the device itself prints", () => {
    const said = { bgpState: "Established", bgpTimerUpMsec: 42_000, bgpTimerUpEstablishedEpoch: 1_795_445_301 };
    const saved = neighborOf({ vrf: "default", key: "10.0.0.1", peer: Peer.parse(said), raw: said }, "leaf");
    expect(saved.since).toBe(1_795_445_301_000);
  });

  test("a session that is up since days was reset before that, though FRR's timer counts hours", () => {
    const said = {
      bgpState: "Established",
      bgpTimerUpMsec: 107_020_000,
      connectionsDropped: 2,
      lastResetTimerMsecs: 25_394_000,
      lastResetDueTo: "Peer closed the session",
    };
    expect(peer(said).lastError?.at).toBe(AT - 25_394_000 - DAY);
  });

  test("a neighbor that never was up has no since: its timer counts from its configuration, and only to a day", () => {
    const said = { bgpState: "Active", connectionsDropped: 0, lastResetTimerMsecs: 5_000 };
    expect(peer(said)).not.toHaveProperty("since");
  });
});

describe("AS numbers", () => {
  test("are read in asdot, as FRR 9 may print them", () => {
    expect(peer({ bgpState: "Idle", remoteAs: "1.10", localAs: "64512" })).toMatchObject({
      peerAs: 65_546,
      localAs: 64_512,
    });
  });

  test("are absent when FRR does not know them yet", () => {
    expect(peer({ bgpState: "Idle", remoteAs: 0 })).not.toHaveProperty("peerAs");
  });

  test("that are none are refused, and the message names the place", () => {
    const text = JSON.stringify({ "10.0.0.1": { bgpState: "Idle", remoteAs: -5 } });
    expect(() => parseNeighbors(text)).toThrow(/not an AS number[\s\S]*10\.0\.0\.1[\s\S]*remoteAs/);
  });
});

test("a state that FRR does not have is refused, and the message names the place", () => {
  const text = JSON.stringify({ default: { "10.0.0.1": { bgpState: "Dreaming" } } });
  expect(() => parseVrfNeighbors(text)).toThrow(/Dreaming[\s\S]*10\.0\.0\.1[\s\S]*bgpState/);
});

test("a session whose tables are being emptied is idle, and says so", () => {
  expect(peer({ bgpState: "Clearing" })).toMatchObject({ state: "idle", rawState: "Clearing" });
});

test("a family without a name of ours is told once, without counts", () => {
  const addressFamilyInfo = { ipv4Flowspec: { acceptedPrefixCounter: 1 }, ipv6Flowspec: { acceptedPrefixCounter: 2 } };
  expect(peer({ bgpState: "Established", addressFamilyInfo }).families).toEqual([{ family: "other" }]);
});

test("text of a device is cut and cleaned, and its keys are only keys", () => {
  const text = `{"__proto__":{"bgpState":"Idle","nbrDesc":${JSON.stringify(`a\u0000\u001b[31m${"x".repeat(1_000_000)}`)}}}`;
  const [told] = parseNeighbors(text);
  const neighbor = told && neighborOf(told, "leaf");
  expect(neighbor?.description).toHaveLength(1024);
  expect(neighbor?.description?.startsWith("a [31mxxx")).toBe(true);
  expect(neighbor?.id).toBe("leaf|default|__proto__");
});
