import { expect, test } from "vitest";
import { birdReply } from "./bird-commands.ts";
import { bfdPeers } from "./eos-bfd.ts";
import { bgpSummary } from "./eos-bgp.ts";
import { interfaces } from "./eos-interfaces.ts";
import { bgpNeighbors } from "./eos-neighbors.ts";
import type { Fault } from "./fault.ts";
import { planFabric } from "./plan.ts";
import { seededRandom } from "./random.ts";
import { World } from "./world.ts";

/** node-01 is BIRD 1.6 without BFD, node-02 is BIRD 2 with it; both hang on leaf-1. */
function under(fault: Fault, afterSec: number) {
  const time = { now: 1_790_000_000_000 };
  const world = new World(planFabric({ spines: 1, racks: 1, nodesPerRack: 2 }, 1), () => time.now, seededRandom(1));
  expect(world.inject(fault)).toBeUndefined();
  for (let i = 0; i < afterSec * 10; i++) {
    time.now += 100;
    world.advance();
  }
  const leaf = world.devices.get("leaf-1");
  const node = world.devices.get(fault.at.startsWith("node") ? fault.at : (fault.towards ?? ""));
  if (!leaf || !node) throw new Error("the fabric lacks a device");
  const end = leaf.ends.find((candidate) => candidate.peer.name === node.plan.name);
  const address = end?.port.peerAddress ?? "";
  const peers = (bgpNeighbors(world, leaf) as { vrfs: { default: { peerList: { peerAddress: string }[] } } }).vrfs
    .default;
  return {
    time,
    world,
    leaf,
    port: end?.port.name ?? "",
    address,
    peer: peers.peerList.find((peer) => peer.peerAddress === address),
    summary: (bgpSummary(world, leaf, "ipv4") as { vrfs: { default: { peers: Record<string, unknown> } } }).vrfs.default
      .peers[address],
    bird: birdReply(world, node, "show protocols").find((line) =>
      line.includes(` Node_${end?.port.address.replaceAll(".", "_")} `),
    ),
    details: birdReply(world, node, "show protocols all").join("\n"),
  };
}

test.each<[string, Fault, number, RegExp, object, object]>([
  [
    "a neighbor shut on the leaf",
    { kind: "admin-down", at: "leaf-1", towards: "node-02", text: "CHG-1" },
    2,
    /start .* Idle {10}Received: Administrative shutdown$/,
    { state: "Idle", lastErrorCode: "Cease", lastErrorSubcode: "administrative shutdown" },
    { peerState: "Idle", peerStateIdleReason: "Admin" },
  ],
  [
    "the same, once BIRD has tried again",
    { kind: "admin-down", at: "leaf-1", towards: "node-01" },
    10,
    /start .* Active {8}Socket: Connection reset by peer$/,
    { state: "Idle" },
    { peerStateIdleReason: "Admin" },
  ],
  [
    "a protocol disabled on the node",
    { kind: "disable", at: "node-02", towards: "leaf-1", text: "kernel" },
    2,
    /down {3}[\d:.]+ {2}$/,
    { state: "Active", lastErrorRcvdCode: "Cease", lastErrorRcvdSubcode: "administrative shutdown" },
    { peerState: "Active" },
  ],
  [
    "a wrong password on the node",
    { kind: "wrong-md5", at: "node-02", towards: "leaf-1" },
    2,
    /start .* Connect {7}$/,
    { state: "Connect", lastErrorRcvdSubcode: "other configuration change" },
    { peerState: "Connect" },
  ],
  [
    "a wrong AS on the leaf",
    { kind: "wrong-as", at: "leaf-1", towards: "node-02" },
    2,
    /start .* Idle {10}Received: Bad peer AS$/,
    { state: "Active", asn: "165202", lastErrorCode: "Open Message Error" },
    { asn: "165202" },
  ],
  [
    "too many prefixes",
    { kind: "max-prefix", at: "node-02", towards: "leaf-1" },
    2,
    /start .* Idle {10}Received: Maximum number of prefixes reached$/,
    { state: "Idle", lastErrorSubcode: "maximum number of prefixes reached", prefixesReceived: 0, maxTotalRoutes: 100 },
    { peerStateIdleReason: "MaxPath" },
  ],
  [
    "a cable out, where BIRD watches the link",
    { kind: "link-down", at: "leaf-1", towards: "node-02" },
    1,
    /start .* Idle {10}Error: Link down$/,
    { state: "Idle", idleReason: "Could not find interface for peer" },
    { peerStateIdleReason: "NoInterface" },
  ],
  [
    "a cable out, where Calico's BIRD waits for its hold timer",
    { kind: "link-down", at: "leaf-1", towards: "node-01" },
    31,
    /start .* Connect {7}BGP Error: Hold timer expired$/,
    { state: "Idle" },
    { peerStateIdleReason: "NoInterface" },
  ],
  [
    "a silent path with BFD",
    { kind: "blackhole", at: "leaf-1", towards: "node-02" },
    2,
    /start .* Connect {7}Error: BFD session down$/,
    { lastErrorCode: "Cease", lastErrorSubcode: "BFD down" },
    { peerState: "Connect" },
  ],
  [
    "a silent path without BFD",
    { kind: "blackhole", at: "leaf-1", towards: "node-01" },
    31,
    /start .* Connect {7}BGP Error: Hold timer expired$/,
    { lastErrorCode: "Hold Timer Expired Error", lastErrorSubcode: "None" },
    { peerState: "Connect" },
  ],
])("%s shows at both ends", (_, fault, afterSec, bird, peer, summary) => {
  const told = under(fault, afterSec);
  expect(told.bird).toMatch(bird);
  expect(told.peer).toMatchObject(peer);
  expect(told.summary).toMatchObject(summary);
});

test("near the limit the session stays, with counts between warning and limit", () => {
  const { peer } = under({ kind: "near-limit", at: "node-02", towards: "leaf-1" }, 2);
  const counted = (peer as { prefixesReceived?: number } | undefined)?.prefixesReceived ?? 0;
  expect(peer).toMatchObject({ state: "Established", totalRoutesWarnLimit: 80, maxTotalRoutes: 100 });
  expect(counted).toBeGreaterThan(80);
  expect(counted).toBeLessThanOrEqual(100);
});

test("BIRD 2 shows the text of a shutdown, BIRD 1.6 has no place for it", () => {
  const shut = (towards: string) => under({ kind: "admin-down", at: "leaf-1", towards, text: "CHG-1 swap" }, 2).details;
  expect(shut("node-02")).toContain("\n   Message:        CHG-1 swap\n");
  expect(shut("node-01")).not.toContain("CHG-1");
});

test("a killed BIRD is refused connections, and its BFD is down", () => {
  const { peer, world, leaf, address, port } = under({ kind: "kill", at: "node-02" }, 3);
  expect(peer).toMatchObject({ state: "Active", lastSocketOutErrorMsg: "Connect (Connection refused)" });
  expect(bfdPeers(world, leaf, false)).toMatchObject({
    vrfs: { default: { ipv4Neighbors: { [address]: { peerStats: { [port]: { status: "down" } } } } } },
  });
});

test("BFD keeps its time while BGP alone is down", () => {
  const { world, leaf, address, port } = under({ kind: "wrong-md5", at: "node-02", towards: "leaf-1" }, 3);
  const told = bfdPeers(world, leaf, false) as {
    vrfs: {
      default: { ipv4Neighbors: Record<string, { peerStats: Record<string, { status: string; lastUp: number }> }> };
    };
  };
  const stats = told.vrfs.default.ipv4Neighbors[address]?.peerStats[port];
  expect(stats?.status).toBe("up");
  expect(stats?.lastUp).toBeLessThan(1_790_000_000 - 3_600);
});

test.each([
  ["link-down", "notconnect", "LinkDown"],
  ["port-shut", "disabled", "LinkDown"],
] as const)("%s shows on both ports", (kind, status, flag) => {
  const { world, leaf, port } = under({ kind, at: "leaf-1", towards: "node-02" }, 1);
  expect(interfaces(world, leaf)).toMatchObject({
    interfaces: {
      [port]: { interfaceStatus: status, lineProtocolStatus: "down", lastStatusChangeTimestamp: 1_790_000_000 },
    },
  });
  const node = world.devices.get("node-02");
  expect(node && birdReply(world, node, "show interfaces").join("\n")).toContain(`AdminUp ${flag} `);
});
