import { describe, expect, test } from "vitest";
import { z } from "zod";
import { FRR_COMMANDS } from "./read.ts";
import { NO_SHARED, ownCapture, sharedCapture, sharedCaptures } from "./shared-captures.ts";

const VRF_NEIGHBORS = "show bgp vrf all neighbors json";
const NEIGHBORS = "show bgp neighbors json";
const VRF_SUMMARY = "show bgp vrf all summary json";
const SUMMARY = "show bgp summary json";
const VRF_IPV4 = "show bgp vrf all ipv4 unicast summary json";
const IPV4 = "show bgp ipv4 unicast summary json";
const VRF_FAILED = "show bgp vrf all summary failed json";
const FAILED = "show bgp summary failed json";
const BFD = "show bfd peers json";
const PORTS = "show interface json";

function read(command: string, text: string): unknown {
  const reader = FRR_COMMANDS.get(command);
  if (!reader) throw new Error(`no reader for ${command}`);
  return reader(text, "leaf1");
}

function count(told: unknown): number {
  if (Array.isArray(told)) return told.length;
  return z.object({ neighbors: z.array(z.unknown()) }).parse(told).neighbors.length;
}

describe("each of our own captures is read", () => {
  test.each([
    [VRF_NEIGHBORS, "show-bgp-vrf-all-neighbors.json", 11],
    [VRF_SUMMARY, "show-bgp-vrf-all-summary.json", 11],
    [VRF_FAILED, "show-bgp-vrf-all-summary-failed.json", 8],
    [BFD, "show-bfd-peers.json", 1],
    ["show interface vrf all json", "show-interface-vrf-all.json", 3],
  ])("%s", (command, file, expected) => expect(count(read(command, ownCapture(file)))).toBe(expected));

  test("show version", () => {
    expect(read("show version", ownCapture("show-version.txt"))).toEqual({
      hostname: "leaf",
      system: "FRRouting",
      version: "8.4.4",
    });
  });
});

describe.skipIf(NO_SHARED !== undefined)(`each shared capture with BGP state is read ${NO_SHARED ?? ""}`, () => {
  test.each([
    ["lab-8.4.4/B/r1__show_bgp_vrf_all_neighbors_json.json", VRF_NEIGHBORS, 11],
    ["lab-8.4.4/C/r1__show_bgp_vrf_all_neighbors_json.json", VRF_NEIGHBORS, 11],
    ["lab-8.4.4/F/r1__show_bgp_vrf_all_neighbors_json.json", VRF_NEIGHBORS, 11],
    ["lab-8.4.4/Z_nobgp/r7__show_bgp_vrf_all_neighbors_json.json", VRF_NEIGHBORS, 0],
    ["lab-8.4.4/Z_nopeers/r8__show_bgp_vrf_all_neighbors_json.json", VRF_NEIGHBORS, 0],
    ["suzieq-dual-attach_bgp_docker/edge01/show_ip_bgp_vrf_all_neighbors.json", VRF_NEIGHBORS, 4],
    ["suzieq-dual-attach_bgp_docker/exit01/net_show_bgp_vrf_all_neighbor.json", VRF_NEIGHBORS, 5],
    ["suzieq-dual-attach_bgp_docker/leaf01/net_show_bgp_vrf_all_neighbor.json", VRF_NEIGHBORS, 4],
    ["suzieq-dual-attach_evpn_distributed/edge01/show_ip_bgp_vrf_all_neighbors.json", VRF_NEIGHBORS, 6],
    ["suzieq-dual-attach_evpn_distributed/leaf01/net_show_bgp_vrf_all_neighbor.json", VRF_NEIGHBORS, 2],
    ["suzieq-dual-bgp/leaf01/net_show_bgp_vrf_all_neighbor.json", VRF_NEIGHBORS, 2],
    ["suzieq-firewall01-eos/show_bgp_vrf_all_neighbors.json", VRF_NEIGHBORS, 6],
    ["suzieq-firewall01-junos/show_bgp_vrf_all_neighbors.json", VRF_NEIGHBORS, 6],
    ["lab-8.4.4/B/r1__show_bgp_neighbors_10_99_0_3_json.json", NEIGHBORS, 1],
    ["lab-8.4.4/B/r1__show_bgp_vrf_red_neighbors_json.json", NEIGHBORS, 1],
    ["lab-8.4.4/B/r2__show_bgp_neighbors_json.json", NEIGHBORS, 2],
    ["lab-8.4.4/Z_err/r1__show_bgp_neighbors_10_99_0_250_json.json", NEIGHBORS, 0],
    ["lab-8.4.4/Z_nobgp/r7__show_bgp_neighbors_json.json", NEIGHBORS, 0],
    ["lab-8.4.4/Z_nopeers/r8__show_bgp_neighbors_json.json", NEIGHBORS, 0],
    ["lab-asloop-leaf1-bgp-neighbors.json", NEIGHBORS, 6],
    ["lab-dead-leaf1-bgp-neighbors.json", NEIGHBORS, 6],
    ["lab-dead-leaf3-bgp-neighbors.json", NEIGHBORS, 6],
    ["lab-healthy-leaf1-bgp-neighbors.json", NEIGHBORS, 6],
    ["lab-healthy-spine1-bgp-neighbors.json", NEIGHBORS, 4],
    ["lab-mixed-bird1-leaf1-bgp-neighbors.json", NEIGHBORS, 11],
    ["lab-mixed-bird1-leaf3-bgp-neighbors.json", NEIGHBORS, 10],
    ["lab-mixed-bird1-t5s-leaf1-bgp-neighbors.json", NEIGHBORS, 11],
    ["lab-mixed-bird2-leaf1-bgp-neighbors.json", NEIGHBORS, 11],
    ["lab-mixed-bird2-leaf3-bgp-neighbors.json", NEIGHBORS, 10],
    ["metallb/threeNeighbours.json", NEIGHBORS, 4],
    ["lab-8.4.4/B/r1__show_bgp_vrf_all_summary_json.json", VRF_SUMMARY, 11],
    ["lab-8.4.4/B/r2__show_bgp_vrf_all_summary_json.json", VRF_SUMMARY, 2],
    ["lab-8.4.4/C/r1__show_bgp_vrf_all_summary_json.json", VRF_SUMMARY, 11],
    ["lab-8.4.4/F/r1__show_bgp_vrf_all_summary_json.json", VRF_SUMMARY, 11],
    ["lab-8.4.4/Z_nobgp/r7__show_bgp_vrf_all_summary_json.json", VRF_SUMMARY, 0],
    ["lab-8.4.4/Z_nopeers/r8__show_bgp_vrf_all_summary_json.json", VRF_SUMMARY, 0],
    ["lab-8.4.4/B/r1__show_bgp_summary_json.json", SUMMARY, 10],
    ["lab-8.4.4/B/r1__show_bgp_vrf_default_summary_remote_as_65003_json.json", SUMMARY, 2],
    ["lab-8.4.4/Z_err/r1__show_bgp_vrf_nosuch_summary_json.json", SUMMARY, 0],
    ["lab-8.4.4/Z_nobgp/r7__show_bgp_summary_json.json", SUMMARY, 0],
    ["lab-8.4.4/Z_nobgp/r7__show_bgp_vrf_nosuch_summary_json.json", SUMMARY, 0],
    ["lab-8.4.4/Z_nopeers/r8__show_bgp_summary_json.json", SUMMARY, 0],
    ["lab-asloop-leaf1-bgp-summary.json", SUMMARY, 6],
    ["lab-dead-leaf1-bgp-summary.json", SUMMARY, 6],
    ["lab-dead-leaf3-bgp-summary.json", SUMMARY, 6],
    ["lab-healthy-leaf1-bgp-summary.json", SUMMARY, 6],
    ["lab-healthy-spine1-bgp-summary.json", SUMMARY, 4],
    ["lab-mixed-bird1-leaf1-bgp-summary.json", SUMMARY, 11],
    ["lab-mixed-bird1-leaf3-bgp-summary.json", SUMMARY, 10],
    ["lab-mixed-bird1-t5s-leaf1-bgp-summary.json", SUMMARY, 11],
    ["lab-mixed-bird2-leaf1-bgp-summary.json", SUMMARY, 11],
    ["lab-mixed-bird2-leaf3-bgp-summary.json", SUMMARY, 10],
    ["frr_exporter-testdata/show_bgp_vrf_all_ipv4_summary.json", VRF_IPV4, 5],
    ["lab-8.4.4/B/r1__show_bgp_vrf_all_ipv4_unicast_summary_json.json", VRF_IPV4, 10],
    ["lab-healthy-leaf1-bgp-vrf-all-summary.json", VRF_IPV4, 6],
    ["lab-healthy-spine1-bgp-vrf-all-summary.json", VRF_IPV4, 4],
    ["lab-mixed-bird1-leaf1-bgp-vrf-all-summary.json", VRF_IPV4, 11],
    ["lab-healthy-leaf1-bgp-ipv4-summary.json", IPV4, 6],
    ["lab-mixed-bird1-leaf1-bgp-ipv4-summary.json", IPV4, 11],
    ["lab-mixed-bird2-leaf3-bgp-ipv4-summary.json", IPV4, 10],
    ["lab-dead-leaf3-bgp-ipv4-summary.json", IPV4, 6],
    ["lab-8.4.4/B/r1__show_bgp_ipv6_unicast_summary_json.json", "show bgp ipv6 unicast summary json", 3],
    ["lab-8.4.4/B/r1__show_bgp_l2vpn_evpn_summary_json.json", "show bgp l2vpn evpn summary json", 1],
    ["lab-8.4.4/Z_nopeers/r8__show_bgp_l2vpn_evpn_summary_json.json", "show bgp l2vpn evpn summary json", 0],
    ["lab-8.4.4/B/r1__show_bgp_vrf_all_summary_failed_json.json", VRF_FAILED, 6],
    ["lab-8.4.4/C/r1__show_bgp_vrf_all_summary_failed_json.json", VRF_FAILED, 8],
    ["lab-dead-leaf1-bgp-summary-failed.json", FAILED, 4],
    ["lab-healthy-leaf1-bgp-summary-failed.json", FAILED, 0],
    ["lab-mixed-bird2-leaf1-bgp-summary-failed.json", FAILED, 7],
    ["frr_exporter-testdata/show_bfd_peers.json", BFD, 3],
    ["lab-8.4.4/B/r1__show_bfd_peers_brief_json.json", BFD, 2],
    ["lab-8.4.4/B/r2__show_bfd_peers_json.json", BFD, 0],
    ["lab-8.4.4/F/r1__show_bfd_peers_json.json", BFD, 2],
    ["lab-mixed-bird1-leaf1-bfd-peers.json", BFD, 9],
    ["lab-mixed-bird2-leaf3-bfd-peers.json", BFD, 10],
    ["metallb/bfdPeers.json", BFD, 3],
    ["lab-8.4.4/B/r1__show_interface_json.json", PORTS, 11],
    ["lab-healthy-spine1-interface.json", PORTS, 5],
    ["lab-mixed-bird1-leaf1-interface.json", PORTS, 11],
  ])("%s", (path, command, expected) => expect(count(read(command, sharedCapture(path)))).toBe(expected));

  test.each([
    ["frr_exporter-testdata/show_version.txt", "10.3.1"],
    ["frr_exporter-testdata/show_version_no_os.txt", "7.5+cl5.2.0u0"],
    ["lab-8.4.4/B/r1__show_version.txt", "8.4.4"],
  ])("%s", (path, version) => expect(read("show version", sharedCapture(path))).toMatchObject({ version }));
});

describe.skipIf(NO_SHARED !== undefined)(`answers that are none are refused in words ${NO_SHARED ?? ""}`, () => {
  test.each([
    ["frr_exporter-testdata/show_bgp_vrf_all_neighbors.json", VRF_NEIGHBORS, /bgpState/],
    ["lab-8.4.4/Z_err/r1__show_bgp_frobnicate_json.txt", VRF_SUMMARY, /Unknown command/],
    ["lab-8.4.4/Z_err/no_sockets.txt", VRF_SUMMARY, /failed to connect/],
    ["lab-8.4.4/Z_err/nobody__permission_denied.txt", VRF_SUMMARY, /Permission denied/],
    ["lab-8.4.4/Z_err/r6__show_bfd_peers_json.txt", BFD, /bfdd is not running/],
    ["lab-8.4.4/Z_nobgp/r7__show_bgp_ipv4_unicast_json.json", VRF_NEIGHBORS, /Default BGP instance not found/],
    ["lab-8.4.4/Z_nobgp/r7__show_bgp_summary.txt", SUMMARY, /BGP instance not found/],
    ["lab-healthy-leaf1-bgp-update-groups.invalid-json.txt", NEIGHBORS, /text instead of JSON/],
    ["lab-healthy-leaf1-neighbors-text.txt", NEIGHBORS, /text instead of JSON/],
    ["lab-healthy-leaf1-bfd-peers-counters.json", BFD, /not a BFD state/],
    ["lab-healthy-leaf1-bgp-neighbors.json", "show version", /expected "FRRouting VERSION/],
  ])("%s as %s", (path, command, words) => expect(() => read(command, sharedCapture(path))).toThrow(words));

  test("no capture, read as whatever command, fails with anything but a refusal", () => {
    for (const path of sharedCaptures()) {
      const text = sharedCapture(path);
      for (const [command, reader] of FRR_COMMANDS) {
        try {
          reader(text, "leaf1");
        } catch (error) {
          const refused = error instanceof z.ZodError || error instanceof SyntaxError;
          expect(refused, `${path} as ${command}: ${String(error)}`).toBe(true);
        }
      }
    }
  }, 20_000);
});

test("an empty answer is refused: FRR says {} when it has nothing to tell", () => {
  for (const command of FRR_COMMANDS.keys()) expect(() => read(command, "")).toThrow(SyntaxError);
});

test("BGP that is not configured is told, and is no neighbor less", () => {
  expect(read(VRF_SUMMARY, "{\n}\n")).toEqual({ facts: { bgp: "off" }, neighbors: [] });
  expect(read(VRF_SUMMARY, '{"default":{}}')).toEqual({ facts: { bgp: "on" }, neighbors: [] });
  expect(read(SUMMARY, "{}")).toEqual({ facts: {}, neighbors: [] });
});
