import { expect, test } from "vitest";
import { joinSummaries } from "../switch/join-summaries.ts";
import { parseSummary } from "./parse-summary.ts";
import { parseSummaryText } from "./parse-summary-text.ts";
import { story } from "./test-captures.ts";

const one = () =>
  structuredClone(story("two-peers-one-active", "show ip bgp summary vrf all")) as {
    vrfs: { default: { peers: Record<string, Record<string, unknown>> } };
  };
const faults = () => parseSummary(story("one-leaf-five-faults", "show bgp summary vrf all"), undefined);

test("AS numbers read alike as numbers and as asdot, and the time of the change is told for peers that are down too", () => {
  expect(parseSummary(one(), "ipv4-unicast").peers).toEqual([
    {
      vrf: "default",
      key: "192.0.2.1",
      address: "192.0.2.1",
      peerAs: 65001,
      state: "established",
      since: 1_721_080_527_053,
      families: [{ family: "ipv4-unicast", received: 8, accepted: 7 }],
    },
    {
      vrf: "default",
      key: "192.0.2.2",
      address: "192.0.2.2",
      peerAs: 65546,
      state: "active",
      since: 1_721_080_524_898,
      families: [{ family: "ipv4-unicast", received: 0, accepted: 0 }],
    },
  ]);
});

test("an idle peer says why it is held down", () => {
  const held = faults().peers.map(({ key, state, heldDown, rawState }) => [key, state, heldDown?.by, rawState]);
  expect(held).toEqual([
    ["10.20.1.1", "established", undefined, undefined],
    ["10.20.1.3", "idle", "admin", "Idle(Admin)"],
    ["10.20.1.5", "idle", "interface-down", "Idle(NoInterface)"],
    ["10.20.1.7", "idle", "prefix-limit", "Idle(MaxPath)"],
    ["10.20.1.9", "active", undefined, undefined],
    ["10.20.1.11", "connect", undefined, undefined],
    ["fe80::1%Ethernet7", "established", undefined, undefined],
  ]);
});

test("an unnumbered peer is known by its link-local address and its port's long name", () => {
  expect(faults().peers.at(-1)).toMatchObject({
    address: "fe80::1%Ethernet7",
    interface: "Ethernet7",
    families: [{ family: "ipv6-unicast", negotiated: true, received: 3, accepted: 3 }],
  });
});

test("a VRF with BGP and without peers is told, and none at all means that BGP is off", () => {
  expect(faults().speakers.get("storage")).toEqual({ asn: 65101, routerId: "10.255.0.1" });
  expect(parseSummary({ vrfs: {} }, undefined)).toEqual({ peers: [], speakers: new Map() });
});

test("a state that we do not know is refused, and the message names its place", () => {
  const answer = one();
  answer.vrfs.default.peers["192.0.2.2"] = { peerState: "Dreaming" };
  expect(() => parseSummary(answer, "ipv4-unicast")).toThrow(/"Dreaming\\" is no BGP state[\s\S]*192\.0\.2\.2/);
});

test.each(["1e400", "-1", "4294967296", "65000.99999", "", " "])("the AS number %j is refused", (asn) => {
  const answer = one();
  answer.vrfs.default.peers["192.0.2.2"] = { peerState: "Idle", asn };
  expect(() => parseSummary(answer, "ipv4-unicast")).toThrow(/is no AS number/);
});

test("a peer named __proto__ harms nobody", () => {
  const answer = JSON.parse(
    '{"vrfs":{"__proto__":{"peers":{}},"default":{"peers":{"__proto__":{"peerState":"Idle"}}}}}',
  );
  expect(parseSummary(answer, undefined).peers).toEqual([]);
  expect(({} as { peerState?: unknown }).peerState).toBeUndefined();
});

test("the clock of the switch is set right by its skew", () => {
  const [peer] = parseSummary(one(), "ipv4-unicast", 60_000).peers;
  expect(peer?.since).toBe(1_721_080_467_053);
});

test("a peer of two summaries carries the families of both", () => {
  const joined = joinSummaries([parseSummary(one(), "ipv4-unicast"), parseSummary(one(), "ipv6-unicast")]);
  expect(joined.peers.map((peer) => peer.families.map((each) => each.family))).toEqual([
    ["ipv4-unicast", "ipv6-unicast"],
    ["ipv4-unicast", "ipv6-unicast"],
  ]);
});

const TABLE = `BGP summary information for VRF default
Router identifier 10.255.0.1, local AS number 1.10
Neighbor Status Codes: m - Under maintenance
  Description              Neighbor         V AS           MsgRcvd   MsgSent  InQ OutQ  Up/Down State   PfxRcd PfxAcc
  spine one (old)          10.0.0.1         4 65001              8         8    0    0 00:04:09 Estab   7      4
                           10.0.0.3         4 65002              8         8    0    0    2d03h Idle(Admin)
`;

test("the text table tells descriptions apart from addresses, and rows without counts", () => {
  expect(parseSummaryText(TABLE, "ipv4-unicast")).toEqual({
    speakers: new Map([["default", { asn: 65546, routerId: "10.255.0.1" }]]),
    peers: [
      expect.objectContaining({
        key: "10.0.0.1",
        peerAs: 65001,
        state: "established",
        families: [{ family: "ipv4-unicast", received: 7, accepted: 4 }],
      }),
      expect.objectContaining({ key: "10.0.0.3", state: "idle", heldDown: { by: "admin" } }),
    ],
  });
});

test.each([
  ["a row cut in the middle", TABLE.slice(0, -12)],
  ["a pager's prompt", `${TABLE}--More--\n`],
  ["another text", "% Invalid input\n"],
])("%s is refused", (_story, text) => {
  expect(() => parseSummaryText(text, undefined)).toThrow(SyntaxError);
});
