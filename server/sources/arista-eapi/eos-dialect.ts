import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import type { RouteQuestion } from "../../../lib/fabric/route.ts";
import type { AnswerTime, Dialect, RouteAsking, Told } from "../switch/dialect.ts";
import { textIn } from "./eapi-answer.ts";
import type { EapiCommand, FixedCommand } from "./eapi-commands.ts";
import { partOf } from "./eos-evidence.ts";
import { parseArp, parseMacs } from "./parse-attachment.ts";
import { parseBfd } from "./parse-bfd.ts";
import { parseCapacity, parseRouteCounts, parseTop, parseTopText } from "./parse-capacity.ts";
import { parseInterfaces } from "./parse-interfaces.ts";
import { parseLldp } from "./parse-lldp.ts";
import { parseNeighbors } from "./parse-neighbors.ts";
import { parseNeighborsText } from "./parse-neighbors-text.ts";
import { parseBgpRoutes, parseRoutes } from "./parse-routes.ts";
import { parseSummary } from "./parse-summary.ts";
import { parseSummaryText } from "./parse-summary-text.ts";
import { parseHostname, parseHostnameText, parseVersion, parseVersionText } from "./parse-version.ts";

type Reader = (answer: unknown, text: string | undefined, time: AnswerTime) => Told;

const summary =
  (family: AddressFamily | undefined): Reader =>
  (answer, text, { skewMs }) => ({
    summary: text === undefined ? parseSummary(answer, family, skewMs) : parseSummaryText(text, family),
  });
const neighbors: Reader = (answer, text, { observedAt }) => ({
  details: text === undefined ? parseNeighbors(answer, observedAt) : parseNeighborsText(text),
});
const bfd: Reader = (answer, _text, { skewMs }) => ({ bfd: parseBfd(answer, skewMs) });
const interfaces: Reader = (answer, _text, { skewMs }) => parseInterfaces(answer, skewMs);
const routed: Reader = (answer, _text, { skewMs }) => ({ interfaces: parseInterfaces(answer, skewMs).interfaces });
const lldp: Reader = (answer) => ({ lldp: parseLldp(answer) });

const READERS: Readonly<Record<FixedCommand, Reader>> = {
  "show version": (answer, text) => {
    const { clockAt, resources, ...facts } = text === undefined ? parseVersion(answer) : parseVersionText(text);
    return {
      facts: { system: "Arista EOS", ...facts },
      ...(clockAt !== undefined && { clockAt }),
      ...(resources && { resources }),
    };
  },
  "show hostname": (answer, text) => {
    const hostname = text === undefined ? parseHostname(answer) : parseHostnameText(text);
    return { facts: hostname === undefined ? {} : { hostname } };
  },
  "show bgp summary vrf all": summary(undefined),
  "show ip bgp summary vrf all": summary("ipv4-unicast"),
  "show ipv6 bgp summary vrf all": summary("ipv6-unicast"),
  "show bgp neighbors vrf all": neighbors,
  "show ip bgp neighbors vrf all": neighbors,
  "show ipv6 bgp peers vrf all": neighbors,
  "show bfd peers": bfd,
  "show bfd peers detail": bfd,
  "show interfaces": interfaces,
  "show ip interface": routed,
  "show ip interface brief": routed,
  "show lldp neighbors": lldp,
  "show lldp neighbors detail": lldp,
  "show processes top once": (answer, text) => ({
    resources: text === undefined ? parseTop(answer) : parseTopText(text),
  }),
  "show hardware capacity": (answer) => ({ tables: parseCapacity(answer) }),
  "show ip route vrf all summary": (answer) => ({ routeCounts: parseRouteCounts(answer, "ipv4-unicast") }),
  "show ipv6 route vrf all summary": (answer) => ({ routeCounts: parseRouteCounts(answer, "ipv6-unicast") }),
  "show arp vrf all": (answer) => ({ addresses: parseArp(answer) }),
  "show mac address-table": (answer) => ({ macs: parseMacs(answer) }),
};

/**
 * EOS, as eAPI tells it. The multi-agent routing model has one summary over all families; ribd and older releases have
 * one for each.
 */
export const EOS: Dialect<EapiCommand> = {
  kind: "arista-eapi",
  system: "Arista EOS",
  ways: {
    summary: [["show bgp summary vrf all"], ["show ip bgp summary vrf all", "show ipv6 bgp summary vrf all"]],
    neighbors: [["show bgp neighbors vrf all"], ["show ip bgp neighbors vrf all", "show ipv6 bgp peers vrf all"]],
    bfd: [["show bfd peers detail"], ["show bfd peers"]],
    interfaces: [["show interfaces"]],
    vrfs: [["show ip interface"], ["show ip interface brief"]],
    lldp: [["show lldp neighbors detail"], ["show lldp neighbors"]],
    version: [["show version"]],
    hostname: [["show hostname"]],
    resources: [["show processes top once"]],
    capacity: [["show hardware capacity"]],
    "route-counts": [["show ip route vrf all summary", "show ipv6 route vrf all summary"]],
    addresses: [["show arp vrf all"]],
    macs: [["show mac address-table"]],
  },
  read: (command, answer, time) => READERS[command as FixedCommand](answer, textIn(answer), time),
  partOf,
  routes,
};

export const EOS_COMMANDS = Object.keys(READERS) as readonly FixedCommand[];

const NEIGHBOR_WORDS = {
  "adj-rib-in-pre": "received-routes",
  "adj-rib-in-post": "routes",
  "adj-rib-out-post": "advertised-routes",
} as const;

/** The multi-agent model's form first, then that of ribd, which knows IPv4 alone under it. */
function routes({ table, family, vrf, neighbor }: RouteQuestion): RouteAsking<EapiCommand> | undefined {
  if (table === "rib" || table === "fib") {
    const command = `show ${family === "ipv6-unicast" ? "ipv6" : "ip"} route vrf ${vrf}` as const;
    return { commands: [command], read: (answer) => ({ routes: parseRoutes(answer) }) };
  }
  if (table === "loc-rib" || neighbor === undefined) return undefined;
  const words = NEIGHBOR_WORDS[table];
  return {
    commands: [
      `show bgp neighbors ${neighbor} ${words} vrf ${vrf}`,
      `show ip bgp neighbors ${neighbor} ${words} vrf ${vrf}`,
    ],
    read: (answer) => ({ routes: parseBgpRoutes(answer, table, neighbor).filter((route) => route.family === family) }),
  };
}
