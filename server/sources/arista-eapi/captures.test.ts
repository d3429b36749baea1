import { describe, expect, test } from "vitest";
import type { AddressBinding, MacBinding } from "../../../lib/fabric/attachment.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { TableUse } from "../../../lib/fabric/resources.ts";
import type { Route } from "../../../lib/fabric/route.ts";
import { SourceError } from "../source-error.ts";
import type { Ports } from "./parse-interfaces.ts";
import { parseNeighbors } from "./parse-neighbors.ts";
import { EAPI_COMMANDS } from "./read.ts";
import { capture, capturePaths, captures } from "./test-captures.ts";

function read(command: string, path: string): unknown {
  const reader = EAPI_COMMANDS.get(command);
  if (!reader) throw new Error(`no reader of ${command}`);
  return reader(capture(path), "leaf-1");
}
const neighbors = (command: string, path: string) => read(command, path) as Neighbor[];
const byId = (path: string, command: string) => new Map(neighbors(command, path).map((each) => [each.id, each]));

/** Peers and how many of them are up, as a person counts them in the capture. */
const COUNTS: readonly (readonly [path: string, command: string, peers: number, up: number])[] = [
  [
    "anta-trimmed/VerifyBGPPeerCount__success-peer-state-check-true__show_bgp_summary_vrf_all.json",
    "show bgp summary vrf all",
    6,
    6,
  ],
  ["anta-trimmed/VerifyBGPPeerCount__success__show_bgp_summary_vrf_all.json", "show bgp summary vrf all", 3, 0],
  [
    "anta-trimmed/VerifyBGPPeerSession__failure-not-established__show_bgp_neighbors_vrf_all.json",
    "show bgp neighbors vrf all",
    2,
    0,
  ],
  ["anta-trimmed/VerifyBGPPeersHealth__success__show_bgp_neighbors_vrf_all.json", "show bgp neighbors vrf all", 3, 3],
  ["napalm/get_bgp_neighbors__nobgp/show_ip_bgp_neighbors_vrf_all.json", "show ip bgp neighbors vrf all", 0, 0],
  ["napalm/get_bgp_neighbors__nobgp/show_ip_bgp_summary_vrf_all.json", "show ip bgp summary vrf all", 0, 0],
  ["napalm/get_bgp_neighbors__nobgp/show_ipv6_bgp_peers_vrf_all.json", "show ipv6 bgp peers vrf all", 0, 0],
  ["napalm/get_bgp_neighbors__nobgp/show_ipv6_bgp_summary_vrf_all.json", "show ipv6 bgp summary vrf all", 0, 0],
  ["napalm/get_bgp_neighbors__nopeers/show_ip_bgp_neighbors_vrf_all.json", "show ip bgp neighbors vrf all", 0, 0],
  ["napalm/get_bgp_neighbors__nopeers/show_ip_bgp_summary_vrf_all.json", "show ip bgp summary vrf all", 0, 0],
  ["napalm/get_bgp_neighbors__normal/show_ip_bgp_neighbors_vrf_all.json", "show ip bgp neighbors vrf all", 2, 1],
  ["napalm/get_bgp_neighbors__normal/show_ip_bgp_summary_vrf_all.json", "show ip bgp summary vrf all", 2, 1],
  ["napalm/get_bgp_neighbors__normal/show_ipv6_bgp_peers_vrf_all.json", "show ipv6 bgp peers vrf all", 2, 2],
  ["napalm/get_bgp_neighbors__normal/show_ipv6_bgp_summary_vrf_all.json", "show ipv6 bgp summary vrf all", 2, 2],
  ["napalm/get_bgp_neighbors_detail__issue53/show_ip_bgp_summary_vrf_all.json", "show ip bgp summary vrf all", 1, 1],
  [
    "napalm/get_bgp_neighbors_detail__issue53/show_ipv6_bgp_summary_vrf_all.json",
    "show ipv6 bgp summary vrf all",
    1,
    1,
  ],
  ["napalm/get_bgp_neighbors_detail__normal/show_ip_bgp_neighbors_vrf_all.txt", "show ip bgp neighbors vrf all", 1, 1],
  ["napalm/get_bgp_neighbors_detail__normal/show_ip_bgp_summary_vrf_all.json", "show ip bgp summary vrf all", 2, 1],
  ["napalm/get_bgp_neighbors_detail__normal/show_ipv6_bgp_peers_vrf_all.txt", "show ipv6 bgp peers vrf all", 1, 1],
  ["napalm/get_bgp_neighbors_detail__normal/show_ipv6_bgp_summary_vrf_all.json", "show ipv6 bgp summary vrf all", 2, 1],
  ["ntc-text/arista_eos_show_bgp_evpn_summary.txt", "show bgp summary vrf all", 8, 8],
  ["ntc-text/arista_eos_show_ip_bgp_summary_vrf.txt", "show ip bgp summary vrf all", 4, 4],
  ["suzieq-evpn-lab/exit02/show_ip_bgp_neighbors_vrf_all.json", "show ip bgp neighbors vrf all", 6, 6],
  ["suzieq-evpn-lab/leaf01/show_ip_bgp_neighbors_vrf_all.json", "show ip bgp neighbors vrf all", 2, 2],
  ["suzieq-evpn-lab/spine01/show_ip_bgp_neighbors_vrf_all.json", "show ip bgp neighbors vrf all", 6, 6],
];

/** Cut to one key by whoever published them: no state is left in them, and none is made up. */
const STATELESS = [
  "anta-trimmed/VerifyBGPPeerDropStats__success__show_bgp_neighbors_vrf_all.json",
  "anta-trimmed/VerifyBGPPeerMPCaps__success__show_bgp_neighbors_vrf_all.json",
  "anta-trimmed/VerifyBGPPeerRouteLimit__success__show_bgp_neighbors_vrf_all.json",
  "anta-trimmed/VerifyBGPTimers__success__show_bgp_neighbors_vrf_all.json",
];

describe.skipIf(!captures.found)(`captures of real switches${captures.found ? "" : ` (${captures.without})`}`, () => {
  test.each(COUNTS)("%s tells its peers", (path, command, peers, up) => {
    const told = neighbors(command, path);
    expect([told.length, told.filter((each) => each.state === "established").length]).toEqual([peers, up]);
    expect(new Set(told.map((each) => each.id)).size).toBe(peers);
  });

  test.each(STATELESS)("%s is refused in words", (path) => {
    expect(() => read("show bgp neighbors vrf all", path)).toThrow(
      /^leaf-1 gave an answer .*: default 1\S+: no state told$/,
    );
  });

  test("every capture of a BGP summary or of neighbors is among those counted here", () => {
    const bgp = capturePaths().filter((path) => /bgp_(\w+_)?(summary|neighbors|peers)[^/]*$/.test(path));
    const known = new Set([...COUNTS.map(([path]) => path), ...STATELESS]);
    expect(bgp.filter((path) => !known.has(path))).toEqual([]);
    expect(bgp.length).toBe(known.size);
  });

  test("every reader takes or refuses every capture in words, and none crashes", () => {
    const taken = new Map<string, number>();
    for (const path of capturePaths()) {
      const text = capture(path);
      for (const [command, reader] of EAPI_COMMANDS) {
        try {
          reader(text, "leaf-1");
          taken.set(command, (taken.get(command) ?? 0) + 1);
        } catch (error) {
          expect(error, `${command} of ${path}`).toBeInstanceOf(SourceError);
        }
      }
    }
    expect(Math.min(...[...EAPI_COMMANDS.keys()].map((command) => taken.get(command) ?? 0))).toBeGreaterThan(0);
  });

  test("an active peer carries the last NOTIFICATION it received, decoded", () => {
    const path = "napalm/get_bgp_neighbors__normal/show_ip_bgp_neighbors_vrf_all.json";
    expect(byId(path, "show ip bgp neighbors vrf all").get("leaf-1|default|10.0.0.3")).toEqual({
      id: "leaf-1|default|10.0.0.3",
      device: "leaf-1",
      vrf: "default",
      neighborAddress: "10.0.0.3",
      localAddress: "10.0.0.2",
      localAs: 65001,
      peerAs: 65003,
      localRouterId: "192.168.0.0",
      state: "active",
      flaps: 0,
      lastError: { direction: "received", notification: { code: 6, subcode: 5 }, text: "Cease/connection rejected" },
      families: [
        { family: "ipv4-unicast", received: 0, best: 0, advertised: 0, limit: { max: 256000, warnAtPercent: 80 } },
      ],
      timers: { configuredHoldSec: 180, configuredKeepaliveSec: 60, connectRetrySec: 64 },
    });
  });

  test("of a sent NOTIFICATION and a socket error the younger is the last error, and ages become instants", () => {
    const path = "napalm/get_bgp_neighbors__normal/show_ipv6_bgp_peers_vrf_all.json";
    const told = parseNeighbors(JSON.parse(capture(path)), 1_721_080_700_000);
    expect(told.find((peer) => peer.key === "2001:fb8:200::2")).toMatchObject({
      state: "established",
      lastError: {
        direction: "sent",
        notification: { code: 6, subcode: 7 },
        text: "Cease/connection collision resolution",
        at: 1_721_080_535_000,
      },
      families: [{ family: "ipv6-unicast", negotiated: true, received: 0, advertised: 5 }],
    });
  });

  test("the text form tells timers, limit, family and VRF of a peer", () => {
    const path = "suzieq-evpn-lab/exit02/show_ip_bgp_neighbors_vrf_all.json";
    const told = byId(path, "show ip bgp neighbors vrf all");
    expect(told.get("leaf-1|evpn-vrf|169.254.253.6")).toEqual({
      id: "leaf-1|evpn-vrf|169.254.253.6",
      device: "leaf-1",
      vrf: "evpn-vrf",
      neighborAddress: "169.254.253.6",
      localAddress: "169.254.253.5",
      localAs: 65521,
      peerAs: 65533,
      localRouterId: "169.254.253.5",
      peerRouterId: "10.0.0.200",
      state: "established",
      flaps: 0,
      families: [{ family: "ipv4-unicast", negotiated: true, advertised: 3, received: 7, limit: { max: 12000 } }],
      timers: { holdSec: 9, keepaliveSec: 3, configuredHoldSec: 180, configuredKeepaliveSec: 60 },
    });
    expect(told.get("leaf-1|default|10.0.0.21")).toMatchObject({
      families: [{ family: "l2vpn-evpn", advertised: 10, received: 42 }],
      lastError: { direction: "local", text: "Connect (Network is unreachable)" },
    });
  });

  test("a hold timer in the text form is decoded, and transitions while up are one flap less", () => {
    const [peer] = neighbors(
      "show ipv6 bgp peers vrf all",
      "napalm/get_bgp_neighbors_detail__normal/show_ipv6_bgp_peers_vrf_all.txt",
    );
    expect(peer).toMatchObject({
      neighborAddress: "2001:7f8::f10:0:2",
      description: "blah blah",
      flaps: 2,
      lastError: {
        direction: "sent",
        notification: { code: 4, subcode: 0 },
        text: "Hold Timer Expired Error/Unspecified",
      },
    });
  });

  test("a family that is only advertised was not agreed", () => {
    const path = "anta-trimmed/VerifyBGPPeerCount__success-peer-state-check-true__show_bgp_summary_vrf_all.json";
    expect(byId(path, "show bgp summary vrf all").get("leaf-1|default|10.1.0.1")).toMatchObject({
      peerAs: 65100,
      localAs: 65120,
      families: [
        { family: "ipv4-vpn", negotiated: false, received: 0, accepted: 0 },
        { family: "l2vpn-evpn", negotiated: true, received: 42, accepted: 42 },
      ],
    });
  });

  test("BFD, version, interfaces and LLDP of the same captures", () => {
    expect(
      read("show bfd peers", "anta-trimmed/VerifyBFDPeersHealth__failure-session-down__show_bfd_peers.json"),
    ).toEqual([
      { vrf: "default", address: "192.0.255.7", bfd: { state: "down", since: 1_703_657_258_653 } },
      { vrf: "default", address: "192.0.255.70", bfd: { state: "up" } },
      { vrf: "MGMT", address: "192.0.255.71", bfd: { state: "down", since: 1_703_657_258_653 } },
    ]);
    expect(read("show version", "suzieq-evpn-lab/leaf01/show_version.json")).toEqual({
      facts: { system: "Arista EOS", version: "4.23.5M", model: "vEOS", startedAt: 1_620_676_827_000 },
      resources: { memoryTotalBytes: 2_014_432 * 1024, memoryUsedBytes: (2_014_432 - 653_520) * 1024 },
    });
    expect(read("show version", "goeapi/show_version.txt")).toMatchObject({ version: "4.14.0F", model: "vEOS" });
    expect(read("show hostname", "suzieq-nossim-4.23.5M/show_hostname.txt")).toEqual({ hostname: "leaf01" });
    expect((read("show interfaces", "goeapi/show_interfaces.json") as Ports).interfaces).toContainEqual(
      expect.objectContaining({ name: "Ethernet3", adminUp: false, operUp: false, speedMbps: 10_000, mtu: 9214 }),
    );
    expect(read("show ip interface", "napalm/get_interfaces_ip__normal/show_ip_interface.json")).toMatchObject([
      { name: "Vlan100", vrf: "default", addresses: ["192.168.233.1/24", "192.168.234.1/24", "192.168.235.1/24"] },
      { name: "Ethernet36", description: "BNIX [T=pxEU]", addresses: ["172.17.17.66/25"] },
    ]);
    expect(read("show lldp neighbors detail", "suzieq-evpn-lab/exit02/show_lldp_neighbors_detail.json")).toMatchObject({
      Ethernet1: { system: "spine01", port: "Ethernet6" },
    });
  });

  test("routes: every prefix of the table, ECMP, what hardware has", () => {
    for (const device of ["exit02", "leaf01", "spine01"]) {
      const path = `suzieq-evpn-lab/${device}/show_ip_route_vrf_all.json`;
      const told = read("show ip route vrf all", path) as Route[];
      expect(told.length, device).toBe(capture(path).split('"routeType"').length - 1);
      expect(told.every(({ installed }) => installed === true)).toBe(true);
    }
    const told = read("show ip route vrf all", "suzieq-evpn-lab/leaf01/show_ip_route_vrf_all.json") as Route[];
    expect(told.find(({ prefix }) => prefix === "10.0.0.13/32")).toEqual({
      prefix: "10.0.0.13/32",
      family: "ipv4-unicast",
      vrf: "default",
      table: "rib",
      protocol: "ospf",
      nextHops: [
        { address: "10.0.0.21", interface: "Ethernet1" },
        { address: "10.0.0.22", interface: "Ethernet2" },
      ],
      best: true,
      installed: true,
      preference: 110,
      metric: 30,
    });
  });

  test("paths of BGP with their attributes, a confederation too", () => {
    const plain = "napalm/get_route_to__normal/show_ip_bgp_1_0_4_0_24__vrf_default.json";
    const [path] = read("show ip bgp vrf all", plain) as Route[];
    expect(path).toMatchObject({
      neighbor: "192.168.0.1",
      best: true,
      valid: true,
      path: { origin: "igp", asPath: [1299, 15_169, 43_515], med: 0, localPref: 50, weight: 0 },
    });
    expect(path?.path?.communities).toContain("1299:1234");
    const confederated = read(
      "show ip bgp vrf all",
      "napalm/get_route_to__iss_736/show_ip_bgp_1_0_4_0_24__vrf_default.json",
    ) as Route[];
    expect(confederated.map(({ best }) => best)).toEqual([true, undefined]);
    expect(confederated[0]?.path?.asPath).toEqual([{ confederation: [20_901, 21_149], kind: "sequence" }]);
  });

  test("what a switch carries: processor, hardware tables, route counts, ARP and MAC addresses", () => {
    expect(read("show processes top once", "napalm/get_environment__normal/show_processes_top_once.txt")).toMatchObject(
      {
        cpuPercent: expect.any(Number),
        memoryTotalBytes: expect.any(Number),
      },
    );
    expect(read("show processes top once", "ntc-text/arista_eos_show_processes_top_once3.txt")).toEqual({
      cpuPercent: 15.5,
      load1: 0.49,
      memoryTotalBytes: 3_981_336 * 1024,
      memoryUsedBytes: 2_726_640 * 1024,
    });
    const capacity = read(
      "show hardware capacity",
      "anta-trimmed/VerifyHardwareCapacityUtilization__failure__show_hardware_capacity.json",
    ) as TableUse[];
    expect(capacity[0]).toEqual({
      table: "InLIF",
      feature: "PortDefault",
      chip: "Fap14/0",
      used: 4,
      usedPercent: 94,
      max: 256,
      highWatermark: 12,
    });
    expect(
      read("show ip route vrf all summary", "anta-trimmed/VerifyRoutingTableSize__success__show_ip_route_summary.json"),
    ).toEqual([{ vrf: "default", family: "ipv4-unicast", table: "rib", routes: 123 }]);
    const arp = read("show arp vrf all", "suzieq-evpn-lab/leaf01/show_arp_vrf_all.json") as AddressBinding[];
    expect(arp.find(({ address }) => address === "172.16.1.101")).toEqual({
      address: "172.16.1.101",
      macAddress: "66:49:0d:d4:d8:63",
      interface: "Vlan10",
      port: "Port-Channel3",
      vrf: "evpn-vrf",
      ageSec: 0,
    });
    const macs = read(
      "show mac address-table",
      "suzieq-evpn-lab/leaf01/show_mac_address_table_unicast.json",
    ) as MacBinding[];
    expect(macs.find(({ macAddress }) => macAddress === "d2:74:8c:66:e7:e2")).toEqual({
      macAddress: "d2:74:8c:66:e7:e2",
      vlan: 30,
      kind: "dynamic",
    });
  });
});
