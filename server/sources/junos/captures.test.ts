import { describe, expect, test } from "vitest";
import type { AddressBinding, MacBinding } from "../../../lib/fabric/attachment.ts";
import type { Interface, LldpNeighbor } from "../../../lib/fabric/device.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { Route, RouteCount } from "../../../lib/fabric/route.ts";
import { SourceError } from "../source-error.ts";
import { capturesOf } from "../test-captures.ts";
import { JUNOS_COMMANDS } from "./read.ts";

const captures = capturesOf("fixtures/junos");

function read<T>(command: string, path: string): T {
  const reader = JUNOS_COMMANDS.get(command);
  if (!reader) throw new Error(`no reader of ${command}`);
  return reader(captures.text(path), "leaf-1") as T;
}

/** Peers, how many are up, and what was received from all of them: of the JSON as the device's own totals have it. */
const BGP: readonly (readonly [folder: string, peers: number, up: number, received: number])[] = [
  ["suzieq-qfx-lab/dcedge01", 2, 2, 6],
  ["suzieq-qfx-lab/exit02", 6, 6, 15],
  ["suzieq-qfx-lab/leaf01", 2, 2, 24],
  ["suzieq-qfx-lab/spine01", 4, 4, 26],
  ["suzieq-vmx-lab/TOR1CRP-DGW-RT01", 4, 4, 6],
  ["suzieq-mixed-lab/leaf3-qfx", 0, 0, 0],
  ["suzieq-vmx-lab/CRP-ACC-SW01", 0, 0, 0],
];
const XML: readonly (readonly [file: string, command: string, peers: number, up: number])[] = [
  ["get-bgp-neighbor-information.xml", "get-bgp-neighbor-information", 2, 2],
  ["get-bgp-neighbor-informationbackend.xml", "get-bgp-neighbor-information", 0, 0],
  ["get-bgp-neighbor-informationfrontend.xml", "get-bgp-neighbor-information", 6, 3],
  ["get-bgp-neighbor-informationmaster.xml", "get-bgp-neighbor-information", 3, 2],
  ["get-bgp-summary-informationbackend.xml", "get-bgp-summary-information", 0, 0],
  ["get-bgp-summary-informationfrontend.xml", "get-bgp-summary-information", 6, 3],
  ["get-bgp-summary-informationmaster.xml", "get-bgp-summary-information", 3, 2],
];

function neighborsOf(told: unknown): readonly Neighbor[] {
  return Array.isArray(told) ? told : (told as { neighbors: Neighbor[] }).neighbors;
}
const established = (all: readonly Neighbor[]) => all.filter(({ state }) => state === "established").length;

describe.skipIf(!captures.found)(`captures of Junos${captures.without}`, () => {
  test.each(BGP)("%s tells its peers, in summary and in full alike", (folder, peers, up, received) => {
    const summary = neighborsOf(read("show bgp summary", `${folder}/show_bgp_summary.json`));
    const full = neighborsOf(read("show bgp neighbor", `${folder}/show_bgp_neighbor.json`));
    for (const told of [summary, full]) {
      const sum = told.flatMap(({ families }) => families).reduce((all, family) => all + (family.received ?? 0), 0);
      expect([told.length, established(told), sum]).toEqual([peers, up, received]);
    }
    expect(summary.map(({ id }) => id)).toEqual(full.map(({ id }) => id));
  });

  test.each(XML)("%s tells its peers", (file, command, peers, up) => {
    const told = neighborsOf(read(command, `napalm/get_bgp_neighbors__normal/${file}`));
    expect([told.length, established(told)]).toEqual([peers, up]);
  });

  test("a neighbor in full", () => {
    const told = neighborsOf(read("show bgp neighbor", "suzieq-vmx-lab/TOR1CRP-DGW-RT01/show_bgp_neighbor.json"));
    expect(told[0]).toEqual({
      id: "leaf-1|VRF-A|10.0.10.1",
      device: "leaf-1",
      vrf: "VRF-A",
      neighborAddress: "10.0.10.1",
      localAddress: "10.0.10.2",
      localAs: 65_000,
      peerAs: 65_000,
      localRouterId: "10.0.0.3",
      peerRouterId: "10.0.0.0",
      description: "TOR1CRP-SEC-FW01",
      state: "established",
      flaps: 2,
      lastError: { direction: "sent", notification: { code: 4, subcode: 0 }, text: "Hold Timer Expired Error" },
      families: [{ family: "ipv4-unicast", negotiated: true, received: 1, accepted: 1, best: 1, advertised: 2 }],
      timers: { holdSec: 90, keepaliveSec: 30, configuredHoldSec: 90 },
      gracefulRestart: { local: "restart", peer: "restart" },
      password: "none",
    });
  });

  test("routes: every destination of the unicast tables, ECMP as one route, attributes in detail", () => {
    const path = "suzieq-qfx-lab/leaf01/show_route.json";
    const told = read<Route[]>("show route", path);
    expect(told.filter(({ vrf }) => vrf === "default").length).toBe(14 + 2);
    expect(told.find(({ prefix }) => prefix === "10.0.0.12/32")).toMatchObject({
      protocol: "ospf",
      best: true,
      nextHops: [
        { address: "10.0.0.21", interface: "xe-0/0/0.0" },
        { address: "10.0.0.22", interface: "xe-0/0/1.0" },
      ],
    });
    const detail = read<Route[]>("get-route-information", "napalm/get_route_to__normal/get-route-information.xml");
    expect(detail).toHaveLength(4);
    expect(detail[1]).toMatchObject({
      prefix: "1.0.4.0/24",
      neighbor: "192.168.0.3",
      preference: 170,
      path: { origin: "igp", asPath: [6939, 4637, 1221, 38_803, 56_203], localPref: 200, communities: ["13335:12345"] },
      note: "Not Best in its group - Router ID",
    });
    expect(detail.filter(({ best }) => best)).toHaveLength(1);
  });

  test("route counts, with the protocols of each table", () => {
    const counts = read<RouteCount[]>("show route summary", "py-junos-eznc/factory__get-route-summary-information.xml");
    expect(counts.slice(0, 2)).toEqual([
      { vrf: "default", family: "ipv4-unicast", table: "rib", routes: 9, prefixes: 8 },
      { vrf: "default", family: "ipv4-unicast", table: "rib", protocol: "connected", routes: 4 },
    ]);
  });

  test("ports, LLDP in both forms, and where addresses stand", () => {
    const { interfaces } = read<{ interfaces: Interface[] }>(
      "show interfaces",
      "suzieq-qfx-lab/leaf01/show_interface.json",
    );
    expect(interfaces.find(({ name }) => name === "xe-0/0/0")).toMatchObject({
      adminUp: true,
      operUp: true,
      mtu: 9214,
      speedMbps: 10_000,
      macAddress: "02:05:86:71:ad:03",
    });
    const vlan = read<{ interfaces: Interface[] }>(
      "show interfaces",
      "napalm/get_interfaces_ip__issue111_default_prefixlen/get-interface-information.xml",
    ).interfaces.find(({ name }) => name === "irb.17");
    expect(vlan?.addresses).toEqual(["172.17.17.1/32", "172.17.19.1/24", "2400::1/64"]);
    const brief = read<Record<string, LldpNeighbor>>(
      "show lldp neighbors",
      "napalm/get_lldp_neighbors__normal/get-lldp-neighbors-information.xml",
    );
    expect(brief["xe-4/3/6"]).toEqual({ system: "peer00.lab.demo", port: "Ethernet1", chassisId: "00:1c:73:8f:0a:ed" });
    const detail = read<Record<string, LldpNeighbor>>(
      "show lldp neighbors",
      "napalm/get_lldp_neighbors_detail__qfx5110/get-lldp-interface-neighbors.xml",
    );
    expect(detail["ge-2/0/0"]).toMatchObject({ system: "EX9208", port: "ge-3/3/1", managementAddress: "10.16.134.14" });
    const arp = read<AddressBinding[]>("show arp no-resolve", "suzieq-qfx-lab/leaf01/show_arp.json");
    expect(arp.find(({ address }) => address === "172.16.1.101")).toEqual({
      address: "172.16.1.101",
      macAddress: "28:b7:ad:3c:81:d0",
      interface: "irb.10",
      port: "xe-0/0/2.0",
    });
    const tables: readonly (readonly [command: string, path: string, entries: number])[] = [
      ["show ethernet-switching table", "suzieq-qfx-lab/leaf01/show_ethernet_switching_table_detail.json", 3],
      ["show bridge mac-table", "suzieq-vmx-lab/TOR1CRP-DGW-RT01/show_bridge_mac_table.json", 2],
      [
        "get-ethernet-switching-table-information",
        "napalm/get_mac_address_table__vlan/get-ethernet-switching-table-information.xml",
        2,
      ],
    ];
    for (const [command, path, entries] of tables)
      expect(read<MacBinding[]>(command, path), path).toHaveLength(entries);
  });

  test.each([
    ["py-junos-eznc/exception__rpc_xml.xml", /refused the question: syntax error \(bgp\)$/],
    ["py-junos-eznc/get-permission-denied.xml", /refused the question: permission denied/],
    ["py-junos-eznc/facts__chassis_error_xml_get-chassis-inventory.xml", /refused the question: Some error message\.$/],
    ["suzieq-mixed-lab/leaf3-qfx/show_evpn_instance_extensive.invalid-json.txt", /no <bgp-information> in it$/],
    ["genie-text/ShowBgpSummary__golden_output_2_output.txt", /a text, where XML or JSON is asked for/],
  ])("%s is told in words", (path, words) => {
    expect(() => read("show bgp summary", path)).toThrow(words);
  });

  test("every reader takes or refuses every capture in words, and none crashes", () => {
    const taken = new Map<string, number>();
    for (const path of captures.paths()) {
      for (const [command, reader] of JUNOS_COMMANDS) {
        try {
          reader(captures.text(path), "leaf-1");
          taken.set(command, (taken.get(command) ?? 0) + 1);
        } catch (error) {
          expect(error, `${command} of ${path}`).toBeInstanceOf(SourceError);
          expect((error as Error).message).not.toMatch(/\p{Cc}/u);
        }
      }
    }
    for (const command of JUNOS_COMMANDS.keys()) expect(taken.get(command) ?? 0, command).toBeGreaterThan(0);
  });
});
