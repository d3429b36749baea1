import { describe, expect, test } from "vitest";
import { mergeNeighbors, type Told } from "../switch/merge-neighbors.ts";
import { parseBfd } from "./parse-bfd.ts";
import { parseNeighbors } from "./parse-neighbors.ts";
import { parseSummary } from "./parse-summary.ts";
import { story } from "./test-captures.ts";

const NOW = 1_721_080_300_000;
const STORY = "one-leaf-five-faults";

function told(change: Partial<Told> = {}): Told {
  const { peers, speakers } = parseSummary(story(STORY, "show bgp summary vrf all"), undefined);
  return {
    summary: peers,
    speakers,
    details: parseNeighbors(story(STORY, "show bgp neighbors vrf all"), NOW),
    bfd: parseBfd(story(STORY, "show bfd peers detail")),
    ...change,
  };
}

function peer(address: string, change?: Partial<Told>) {
  return mergeNeighbors("leaf-1", told(change)).find((each) => each.neighborAddress === address);
}

test("summary, neighbors and BFD become one record of a peer that is up", () => {
  expect(peer("10.20.1.1")).toEqual({
    id: "leaf-1|default|10.20.1.1",
    device: "leaf-1",
    vrf: "default",
    neighborAddress: "10.20.1.1",
    localAddress: "10.20.1.0",
    interface: "Ethernet1",
    localAs: 65101,
    peerAs: 4_200_000_001,
    localRouterId: "10.255.0.1",
    peerRouterId: "10.255.9.9",
    description: "node-01",
    state: "established",
    since: 1_721_080_000_250,
    flaps: 2,
    families: [
      {
        family: "ipv4-unicast",
        negotiated: true,
        received: 12,
        accepted: 11,
        best: 10,
        advertised: 40,
        limit: { max: 12_000, warnAtPercent: 80 },
      },
      { family: "l2vpn-evpn", negotiated: false, received: 0, accepted: 0 },
    ],
    timers: { holdSec: 9, keepaliveSec: 3, configuredHoldSec: 180, configuredKeepaliveSec: 60 },
    bfd: { state: "up", since: 1_721_080_000_250, intervalMs: 300, multiplier: 3 },
    gracefulRestart: { local: "restart", peer: "restart" },
  });
});

describe("a peer that is down says why", () => {
  test("shut here", () => {
    expect(peer("10.20.1.3")).toMatchObject({
      state: "idle",
      heldDown: { by: "admin" },
      lastError: { direction: "sent", notification: { code: 6, subcode: 2 }, at: NOW - 290_000 },
      flaps: 3,
    });
  });
  test("its interface is gone: the hint is all there is", () => {
    const lost = peer("10.20.1.5");
    expect(lost).toMatchObject({ heldDown: { by: "interface-down" }, rawState: "Idle(NoInterface)" });
    expect(lost?.lastError).toEqual({ direction: "local", text: "Could not find interface for peer" });
  });
  test("over its limit", () => {
    expect(peer("10.20.1.7")).toMatchObject({
      heldDown: { by: "prefix-limit" },
      lastError: { notification: { code: 6, subcode: 1 } },
      families: [{ family: "ipv4-unicast", limit: { max: 100, exceeded: true } }],
    });
  });
  test("hold timer, with BFD down: the younger of a sent and a received NOTIFICATION counts", () => {
    expect(peer("10.20.1.9")).toMatchObject({
      state: "active",
      lastError: { direction: "sent", notification: { code: 4, subcode: 0 }, at: NOW - 260_000 },
      bfd: { state: "down", since: 1_721_080_040_250, diagnostic: "diagCtrlTimeout" },
    });
  });
  test("the other end says that our AS is wrong", () => {
    expect(peer("10.20.1.11")).toMatchObject({
      lastError: {
        direction: "received",
        notification: { code: 2, subcode: 2 },
        text: "Open Message Error/Bad Peer AS",
      },
      timers: { connectRetrySec: 64 },
    });
    expect(peer("10.20.1.11")?.timers).not.toHaveProperty("holdSec");
  });
});

test("an unnumbered peer joins its summary, its neighbor's entry without a zone, and BFD of its own port", () => {
  expect(peer("fe80::1%Ethernet7")).toMatchObject({
    interface: "Ethernet7",
    localAddress: "fe80::2",
    bfd: { state: "up" },
  });
  const elsewhere = told().bfd.map((each) => ({ ...each, interface: "Ethernet8" }));
  expect(peer("fe80::1%Ethernet7", { bfd: elsewhere })).not.toHaveProperty("bfd");
});

test("details from before a change give what is configured, and not what was", () => {
  const summary = told().summary.map((each) => ({ ...each, state: "connect" as const }));
  const changed = peer("10.20.1.3", { summary });
  expect(changed).toMatchObject({ state: "connect", localAddress: "10.20.1.2", timers: { configuredHoldSec: 180 } });
  for (const key of ["lastError", "flaps", "gracefulRestart"]) expect(changed).not.toHaveProperty(key);
  const lost = peer("10.20.1.1", { summary });
  expect(lost?.timers).not.toHaveProperty("holdSec");
  expect(lost?.families).toEqual([
    { family: "ipv4-unicast", limit: { max: 12_000, warnAtPercent: 80 }, received: 12, accepted: 11 },
    { family: "l2vpn-evpn", received: 0, accepted: 0 },
  ]);
});

test("a peer that only the details know is kept, and one without a state is not", () => {
  const [first, ...others] = told().details;
  const ids = mergeNeighbors("leaf-1", told({ summary: [], details: first ? [first] : [] })).map((each) => each.id);
  expect(ids).toEqual(["leaf-1|default|10.20.1.1"]);
  const stateless = others.map(({ state, ...each }) => each);
  expect(mergeNeighbors("leaf-1", told({ summary: [], details: stateless }))).toEqual([]);
});

test("countdowns and message counters are no change", () => {
  const ticking =
    /"(holdTimeLeft|keepaliveTimeLeft|connectTimeLeft|lastRcvd|lastSent|sentMessages|connectFailed)":\d+/g;
  const text = JSON.stringify(story(STORY, "show bgp neighbors vrf all"));
  const later = text.replaceAll(ticking, '"$1":77');
  expect(later).not.toBe(text);
  expect(parseNeighbors(JSON.parse(later), NOW)).toEqual(parseNeighbors(JSON.parse(text), NOW));
});
