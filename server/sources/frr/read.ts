import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { neighborOf } from "./neighbor-of.ts";
import { parseBfdPeers } from "./parse-bfd.ts";
import { parseSummaryFailed, parseVrfSummaryFailed } from "./parse-failed.ts";
import { parseInterfaces } from "./parse-interfaces.ts";
import { parseNeighbors, parseVrfNeighbors, type ToldPeer } from "./parse-neighbors.ts";
import { parseSummary, parseVrfSummary, type Summary } from "./parse-summary.ts";
import { parseVersion } from "./parse-version.ts";
import { neighborsOfSummary } from "./summary-neighbors.ts";

/**
 * Saved answers, read into our model: the command as typed, and how its answer is read.
 *
 * A saved answer holds how long ago things happened, not when it was given: instants are missing but where the device
 * itself prints one.
 *
 * @throws ZodError or SyntaxError when the answer is not what the command gives.
 */
export const FRR_COMMANDS: ReadonlyMap<string, (text: string, device: string) => unknown> = new Map<
  string,
  (text: string, device: string) => unknown
>([
  ["show bgp vrf all summary json", (text, device) => summaryModel(parseVrfSummary(text), device)],
  ["show bgp summary json", (text, device) => summaryModel(parseSummary(text), device)],
  [
    "show bgp vrf all ipv4 unicast summary json",
    (text, device) => summaryModel(parseVrfSummary(text, "ipv4-unicast"), device),
  ],
  ["show bgp ipv4 unicast summary json", (text, device) => summaryModel(parseSummary(text, "ipv4-unicast"), device)],
  ["show bgp ipv6 unicast summary json", (text, device) => summaryModel(parseSummary(text, "ipv6-unicast"), device)],
  ["show bgp l2vpn evpn summary json", (text, device) => summaryModel(parseSummary(text, "l2vpn-evpn"), device)],
  ["show bgp vrf all neighbors json", (text, device) => neighborsModel(parseVrfNeighbors(text), device)],
  ["show ip bgp vrf all neighbors json", (text, device) => neighborsModel(parseVrfNeighbors(text), device)],
  ["show bgp neighbors json", (text, device) => neighborsModel(parseNeighbors(text), device)],
  ["show bgp vrf all summary failed json", (text) => parseVrfSummaryFailed(text)],
  ["show bgp summary failed json", (text) => parseSummaryFailed(text)],
  ["show bfd peers json", (text) => parseBfdPeers(text).map(({ raw, ...told }) => told)],
  ["show interface json", (text) => parseInterfaces(text)],
  ["show interface vrf all json", (text) => parseInterfaces(text)],
  ["show version", (text) => parseVersion(text)],
]);

function summaryModel(summary: Summary, device: string) {
  const { bgp, routerId, asn } = summary;
  const facts = { ...(bgp && { bgp }), ...(routerId !== undefined && { routerId }), ...(asn !== undefined && { asn }) };
  return { facts, neighbors: neighborsOfSummary(summary, device) };
}

function neighborsModel(told: readonly ToldPeer[], device: string): Neighbor[] {
  return told.map((peer) => neighborOf(peer, device));
}
