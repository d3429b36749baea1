import { describe, expect, test } from "vitest";
import type { AddressBinding, MacBinding } from "../../../lib/fabric/attachment.ts";
import type { Interface, LldpNeighbor } from "../../../lib/fabric/device.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { Route, RouteCount } from "../../../lib/fabric/route.ts";
import { SourceError } from "../source-error.ts";
import type { BfdPeer } from "../switch/peer.ts";
import { capturesOf } from "../test-captures.ts";
import { NXAPI_COMMANDS } from "./read.ts";

const captures = capturesOf("fixtures/cisco-nxapi");

function read<T>(command: string, path: string): T {
  const reader = NXAPI_COMMANDS.get(command);
  if (!reader) throw new Error(`no reader of ${command}`);
  return reader(captures.text(path), "leaf-1") as T;
}

const SUMMARY = "show bgp all summary vrf all";
const NEIGHBORS = "show bgp all neighbors vrf all";
const SESSIONS = "show bgp sessions vrf all";

/** Peers, how many are up, and the prefixes accepted from all of them, as a person counts them in the capture. */
const BGP: readonly (readonly [path: string, command: string, peers: number, up: number, accepted: number])[] = [
  ["napalm/get_bgp_neighbors__l2vpn/show_bgp_all_summary_vrf_all.json", SUMMARY, 2, 2, 18_994],
  ["napalm/get_bgp_neighbors__normal/show_bgp_all_summary_vrf_all.json", SUMMARY, 14, 14, 15_436],
  ["suzieq-evpn-lab/exit02/show_bgp_all_summary_vrf_all.json", SUMMARY, 6, 6, 111],
  ["suzieq-evpn-lab/leaf01/show_bgp_all_summary_vrf_all.json", SUMMARY, 2, 2, 72],
  ["suzieq-evpn-lab/spine01/show_bgp_all_summary_vrf_all.json", SUMMARY, 6, 6, 72],
  ["genie-text/ShowBgpVrfAllAllSummary__golden_output_1_output.txt", SUMMARY, 4, 1, 2],
  ["genie-text/ShowBgpVrfAllAllSummary__golden_output_6_output.txt", SUMMARY, 18, 16, 26_682],
  ["go-cisco-nx-api/resp.show.ip.bgp.summary.vrf.all.1.json", SUMMARY, 0, 0, 0],
  ["suzieq-evpn-lab/exit02/show_bgp_all_neighbors_vrf_all.json", NEIGHBORS, 6, 6, 111],
  ["suzieq-evpn-lab/leaf01/show_bgp_all_neighbors_vrf_all.json", NEIGHBORS, 2, 2, 72],
  ["suzieq-evpn-lab/spine01/show_bgp_all_neighbors_vrf_all.json", NEIGHBORS, 6, 6, 72],
  ["genie-text/ShowBgpVrfAllNeighbors__golden_output_2_output.txt", NEIGHBORS, 3, 1, 2],
  ["go-cisco-nx-api/resp.show.bgp.sessions.json", SESSIONS, 8, 5, 0],
  ["genie-text/ShowBgpSessions__golden_output_1_output.txt", SESSIONS, 3, 2, 0],
];

describe.skipIf(!captures.found)(`captures of Nexus switches${captures.without}`, () => {
  test.each(BGP)("%s tells its peers", (path, command, peers, up, accepted) => {
    const told = read<Neighbor[]>(command, path);
    const sum = told.flatMap(({ families }) => families).reduce((all, family) => all + (family.accepted ?? 0), 0);
    const established = told.filter(({ state }) => state === "established").length;
    expect([told.length, established, sum]).toEqual([peers, up, accepted]);
    expect(new Set(told.map(({ id }) => id)).size).toBe(peers);
  });

  test("every reader takes or refuses every capture in words, and none crashes", () => {
    const taken = new Map<string, number>();
    for (const path of captures.paths()) {
      for (const [command, reader] of NXAPI_COMMANDS) {
        try {
          reader(captures.text(path), "leaf-1");
          taken.set(command, (taken.get(command) ?? 0) + 1);
        } catch (error) {
          expect(error, `${command} of ${path}`).toBeInstanceOf(SourceError);
          expect((error as Error).message).not.toMatch(/\p{Cc}/u);
        }
      }
    }
    for (const command of NXAPI_COMMANDS.keys()) expect(taken.get(command) ?? 0, command).toBeGreaterThan(0);
  });

  test("a shut neighbor is held down on purpose, and keeps the switch's word", () => {
    const told = read<Neighbor[]>(SUMMARY, "genie-text/ShowBgpVrfAllAllSummary__golden_output_1_output.txt");
    const shut = told.filter(({ heldDown }) => heldDown?.by === "admin");
    expect(shut.map(({ neighborAddress }) => neighborAddress)).toEqual(["10.16.2.5", "2001:db8:8191:506d:5::5"]);
    expect(shut.every(({ rawState, state }) => rawState === "Shut (Admin)" && state === "idle")).toBe(true);
    expect(told.find(({ neighborAddress }) => neighborAddress === "10.16.2.2")?.families).toEqual([
      { family: "ipv4-vpn", accepted: 1 },
      { family: "ipv6-vpn", accepted: 1 },
    ]);
  });

  test("a neighbor in full: JSON", () => {
    const told = read<Neighbor[]>(NEIGHBORS, "suzieq-evpn-lab/exit02/show_bgp_all_neighbors_vrf_all.json");
    expect(told.find(({ vrf }) => vrf === "evpn-vrf")).toEqual({
      id: "leaf-1|evpn-vrf|169.254.253.6",
      device: "leaf-1",
      vrf: "evpn-vrf",
      neighborAddress: "169.254.253.6",
      localAddress: "169.254.253.5",
      interface: "Ethernet1/3.3",
      localAs: 65_521,
      peerAs: 65_533,
      peerRouterId: "10.0.0.200",
      state: "established",
      flaps: 0,
      families: [{ family: "ipv4-unicast", negotiated: true, accepted: 7, advertised: 3 }],
      timers: { holdSec: 9, keepaliveSec: 3 },
      gracefulRestart: { local: "restart", peer: "restart", restartSec: 120 },
    });
  });

  test("a neighbor in full: text", () => {
    const told = read<Neighbor[]>(NEIGHBORS, "genie-text/ShowBgpVrfAllNeighbors__golden_output_2_output.txt");
    expect(told[1]).toEqual({
      id: "leaf-1|default|10.16.2.5",
      device: "leaf-1",
      vrf: "default",
      neighborAddress: "10.16.2.5",
      localAs: 333,
      peerAs: 200,
      description: "PEER-SESSION",
      state: "idle",
      rawState: "Shut (Admin)",
      heldDown: { by: "admin" },
      flaps: 0,
      families: [{ family: "ipv4-unicast", limit: { max: 300 } }],
      timers: { configuredHoldSec: 45, configuredKeepaliveSec: 15 },
      password: "set",
      multihop: 255,
    });
  });

  test("BFD", () => {
    const details = read<BfdPeer[]>(
      "show bfd neighbors details",
      "genie-text/ShowBfdNeighborDetail__golden_output1_output.txt",
    );
    expect(details.map(({ address, interface: port, bfd }) => [address, port, bfd.state, bfd.intervalMs])).toEqual([
      ["21.1.1.2", "Ethernet1/17/1", "up", 50],
      ["22.1.1.2", "Ethernet1/17/2.5", "up", 50],
      ["23.1.1.2", "port-channel5", "up", 50],
      ["26.1.1.2", "port-channel6.5", "up", 50],
      ["27.1.1.2", "Vlan5", "up", 50],
    ]);
    expect(read<BfdPeer[]>("show bfd neighbors details", "ntc-text/show_bfd_neighbors1.txt")).toHaveLength(3);
  });

  test("interfaces: physical, VLAN, management, brief, routed", () => {
    const full = read<{ interfaces: Interface[] }>("show interface", "go-cisco-nx-api/resp.show.interfaces.5.json");
    expect(full).toEqual({
      interfaces: [
        {
          name: "Ethernet1/1",
          addresses: ["10.45.4.3/31"],
          adminUp: true,
          operUp: true,
          mtu: 9216,
          speedMbps: 100_000,
          description: "connected to sw02",
          macAddress: "5d:39:c3:4f:1f:8f",
          inErrors: 100,
          outErrors: 100,
        },
      ],
      traffic: [
        {
          interface: "Ethernet1/1",
          inOctets: 986_568_187_822_090,
          outOctets: 1_131_751_374_568_997,
          inDiscards: 100,
          outDiscards: 100,
          inBitsPerSec: 833_008_504,
          outBitsPerSec: 2_835_385_744,
        },
      ],
    });
    const vlans = read<{ interfaces: Interface[] }>(
      "show interface",
      "napalm/get_interfaces__vlan_interface/show_interface.json",
    ).interfaces;
    expect(vlans.map(({ name, adminUp, operUp, addresses }) => [name, adminUp, operUp, ...addresses])).toEqual([
      ["Vlan120", true, true, "192.168.0.10/24"],
      ["Vlan198", false, false, "192.168.0.11/24"],
      ["Vlan199", false, false, "192.168.0.11/24"],
    ]);
    const brief = read<Interface[]>("show interface brief", "suzieq-evpn-lab/leaf01/show_interface_brief.json");
    expect([brief.length, brief.filter(({ operUp }) => operUp).length]).toEqual([75, 13]);
    const routed = read<Interface[]>(
      "show ip interface vrf all",
      "suzieq-evpn-lab/leaf01/show_ip_interface_vrf_all.json",
    );
    expect(routed.find(({ name }) => name === "loopback1")).toMatchObject({
      addresses: ["10.0.0.201/32", "10.0.0.112/32"],
      vrf: "default",
    });
  });

  test("LLDP, as JSON and as text", () => {
    const json = read<Record<string, LldpNeighbor>>(
      "show lldp neighbors",
      "suzieq-evpn-lab/leaf01/show_lldp_neighbors.json",
    );
    expect(json["Ethernet1/2"]).toEqual({ system: "spine02", port: "Ethernet1/1", managementAddress: "10.255.2.120" });
    const detail = read<Record<string, LldpNeighbor>>(
      "show lldp neighbors detail",
      "napalm/get_lldp_neighbors__normal/show_lldp_neighbors_detail.txt",
    );
    expect(detail.mgmt0).toEqual({
      system: "PERIMETER.cisco.com",
      port: "Fa1/0/9",
      chassisId: "00:14:1c:57:a4:8b",
      managementAddress: "10.1.100.1",
      description: "Cisco IOS Software, C3750 Software (C3750-IPBASEK9-M), Version 12.2(44)SE2, RELEASE SOFTWARE (fc2)",
    });
  });

  test("resources, as JSON and as text", () => {
    const command = "show system resources";
    expect(read(command, "go-cisco-nx-api/resp.show.system.resources.1.json")).toEqual({
      cpuPercent: 8.63,
      cores: 4,
      load1: 0.15,
      memoryTotalBytes: 16_401_224 * 1024,
      memoryUsedBytes: 5_771_256 * 1024,
    });
    expect(read(command, "genie-text/ShowSystemResources__golden_output_output.txt")).toEqual({
      cpuPercent: 13.76,
      cores: 2,
      load1: 0.34,
      memoryTotalBytes: 5_873_172 * 1024,
      memoryUsedBytes: 4_189_652 * 1024,
    });
  });

  test("routes: every prefix of the table, ECMP as one route, blackholes told", () => {
    const all = read<Route[]>("show ip route vrf all", "suzieq-evpn-lab/exit02/show_ip_route_vrf_all.json");
    const text = captures.text("suzieq-evpn-lab/exit02/show_ip_route_vrf_all.json");
    expect(new Set(all.map(({ vrf, prefix }) => `${vrf} ${prefix}`)).size).toBe(text.split('"ipprefix"').length - 1);
    expect(all.find(({ prefix, vrf }) => prefix === "10.0.0.11/32" && vrf === "default")).toMatchObject({
      protocol: "ospf",
      best: true,
      nextHops: [
        { address: "10.0.0.21", interface: "Ethernet1/1" },
        { address: "10.0.0.22", interface: "Ethernet1/2" },
      ],
    });
    const older = read<Route[]>("show ip route vrf all", "go-cisco-nx-api/resp.show.ip.route.json");
    expect(older[0]).toMatchObject({ prefix: "7.57.0.0/16", kind: "blackhole", protocol: "static", nextHops: [] });
    expect(
      older.filter(({ nextHops, protocol }) => protocol === "bgp" && nextHops.length === 2).length,
    ).toBeGreaterThan(0);
  });

  test("a BGP table as text: columns that are empty, an AS set, the neighbor whose it is", () => {
    const told = read<Route[]>(
      "show bgp all neighbors advertised-routes",
      "genie-text/ShowBgpVrfAllNeighborsAdvertisedRoutes__golden_output_3_output.txt",
    );
    expect(told).toHaveLength(10);
    expect(told[0]).toEqual({
      prefix: "10.1.1.0/24",
      family: "ipv4-unicast",
      vrf: "VRF1",
      table: "adj-rib-out-post",
      protocol: "bgp",
      neighbor: "10.4.6.6",
      nextHops: [{ address: "10.4.1.1" }],
      valid: true,
      best: true,
      path: {
        origin: "egp",
        asPath: [200, 33_299, 51_178, 47_751, { set: [27_016] }],
        med: 2219,
        localPref: 100,
        weight: 0,
      },
    });
    expect(told[9]?.path).toMatchObject({ med: 100, weight: 0 });
    expect(told[9]?.path).not.toHaveProperty("localPref");
  });

  test("route counts add up protocol by protocol", () => {
    const counts = read<RouteCount[]>(
      "show ip route summary vrf all",
      "genie-text/ShowIpRouteSummary__golden_output_1_output.txt",
    );
    expect(counts.filter(({ protocol }) => protocol === undefined).map(({ vrf, routes }) => [vrf, routes])).toEqual([
      ["default", 17],
      ["management", 11],
      ["evpn-tenant-0002", 11],
      ["evpn-t-0003", 11],
    ]);
    expect(counts.find(({ vrf, protocol }) => vrf === "default" && protocol === "ospf")?.routes).toBe(12);
  });

  test("attachment: ARP with the port behind a VLAN, MAC addresses behind tunnels and of the switch itself", () => {
    const arp = read<AddressBinding[]>(
      "show ip arp detail vrf all",
      "suzieq-evpn-lab/leaf01/show_ip_arp_detail_vrf_all.json",
    );
    expect(arp.at(-1)).toEqual({
      address: "172.16.3.102",
      macAddress: "da:bf:63:c6:2f:0a",
      interface: "Vlan30",
      port: "port-channel4",
      ageSec: 51,
    });
    const macs = read<MacBinding[]>("show mac address-table", "suzieq-evpn-lab/leaf01/show_mac_address_table.json");
    expect(macs.slice(0, 2)).toEqual([
      { macAddress: "32:bb:c5:b5:3a:20", vlan: 10, port: "port-channel3", kind: "dynamic" },
      { macAddress: "0a:b5:b6:22:53:72", vlan: 30, remote: "10.0.0.134", kind: "dynamic" },
    ]);
    expect(macs.filter(({ kind }) => kind === "self").length).toBeGreaterThan(0);
  });

  test.each([
    ["envelopes/napalm_jsonrpc_bogus_command.json", /refused the question: % Invalid command$/],
    [
      "envelopes/napalm_xml_bogus_command.xml",
      /XML or a web page, where JSON is asked for: Syntax error while parsing/,
    ],
    ["go-cisco-nx-api/resp.error.200.invalid.request.txt", /refused the question: JSON-RPC version structure was not/],
    ["go-cisco-nx-api/resp.error.400.bad.request.txt", /Server internal error\.$/],
    ["go-cisco-nx-api/resp.error.401.unauthorized.txt", /401 Authorization Required$/],
  ])("%s is told in words", (path, words) => {
    expect(() => read("show version", path)).toThrow(words);
  });
});
