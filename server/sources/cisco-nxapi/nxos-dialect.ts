import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { RouteQuestion } from "../../../lib/fabric/route.ts";
import type { AnswerTime, Dialect, RouteAsking, Told } from "../switch/dialect.ts";
import { field } from "../switch/evidence.ts";
import { textIn } from "./nxapi-answer.ts";
import type { FixedCommand, NxosCommand } from "./nxapi-commands.ts";
import { peerKey } from "./nxos-peer.ts";
import { rowsOf } from "./nxos-rows.ts";
import { longInterfaceName } from "./nxos-scalars.ts";
import { parseArp, parseMacs } from "./parse-attachment.ts";
import { parseBfd, parseBfdText } from "./parse-bfd.ts";
import { parseBgpRoutesText } from "./parse-bgp-routes-text.ts";
import { parseInterfaces, parseRouted } from "./parse-interfaces.ts";
import { parseLldp, parseLldpText } from "./parse-lldp.ts";
import { parseNeighbors } from "./parse-neighbors.ts";
import { parseNeighborsText } from "./parse-neighbors-text.ts";
import { parseResources, parseResourcesText } from "./parse-resources.ts";
import { parseRouteCounts } from "./parse-route-counts.ts";
import { parseRoutes } from "./parse-routes.ts";
import { parseSessions, parseSessionsText } from "./parse-sessions.ts";
import { parseSummary } from "./parse-summary.ts";
import { parseSummaryText } from "./parse-summary-text.ts";
import { parseVersion } from "./parse-version.ts";

type Reader = (answer: unknown, text: string | undefined, time: AnswerTime) => Told;

const summary: Reader = (answer, text, { observedAt }) => ({
  summary: text === undefined ? parseSummary(answer, observedAt) : parseSummaryText(text, observedAt),
});
const sessions: Reader = (answer, text, { observedAt }) =>
  text === undefined ? parseSessions(answer, observedAt) : parseSessionsText(text, observedAt);
const lldp: Reader = (answer, text) => ({ lldp: text === undefined ? parseLldp(answer) : parseLldpText(text) });
const routed: Reader = (answer) => ({ interfaces: parseRouted(answer) });
const routeCounts: Reader = (_answer, text) => ({ routeCounts: parseRouteCounts(text ?? "") });

const READERS: Readonly<Record<FixedCommand, Reader>> = {
  "show version": (answer, _text, { observedAt }) => ({ facts: parseVersion(answer, observedAt) }),
  "show bgp all summary vrf all": summary,
  "show bgp sessions vrf all": sessions,
  "show bgp all neighbors vrf all": (answer, text, { observedAt }) => ({
    details: text === undefined ? parseNeighbors(answer, observedAt) : parseNeighborsText(text, observedAt),
  }),
  "show bfd neighbors details": (answer, text, { observedAt }) => ({
    bfd: text === undefined ? parseBfd(answer, observedAt) : parseBfdText(text, observedAt),
  }),
  "show interface": (answer) => parseInterfaces(answer),
  "show ip interface vrf all": routed,
  "show ipv6 interface vrf all": routed,
  "show lldp neighbors detail": lldp,
  "show lldp neighbors": lldp,
  "show system resources": (answer, text) => ({
    resources: text === undefined ? parseResources(answer) : parseResourcesText(text),
  }),
  "show ip route summary vrf all": routeCounts,
  "show ipv6 route summary vrf all": routeCounts,
  "show ip arp detail vrf all": (answer) => ({ addresses: parseArp(answer) }),
  "show mac address-table": (answer) => ({ macs: parseMacs(answer) }),
};

/** NX-OS answers a command that has nothing to show with nothing at all. */
const NOTHING: Readonly<Partial<Record<FixedCommand, Told>>> = {
  "show bgp all summary vrf all": { summary: { peers: [], speakers: new Map() } },
  "show bgp sessions vrf all": { summary: { peers: [], speakers: new Map() } },
  "show bgp all neighbors vrf all": { details: [] },
  "show bfd neighbors details": { bfd: [] },
  "show lldp neighbors": { lldp: new Map() },
  "show lldp neighbors detail": { lldp: new Map() },
  "show ip arp detail vrf all": { addresses: [] },
  "show mac address-table": { macs: [] },
};

export const NXOS: Dialect<NxosCommand> = {
  kind: "cisco-nxapi",
  system: "Cisco NX-OS",
  ways: {
    summary: [["show bgp all summary vrf all"], ["show bgp sessions vrf all"]],
    neighbors: [["show bgp all neighbors vrf all"]],
    bfd: [["show bfd neighbors details"]],
    interfaces: [["show interface"]],
    vrfs: [["show ip interface vrf all", "show ipv6 interface vrf all"]],
    lldp: [["show lldp neighbors detail"], ["show lldp neighbors"]],
    version: [["show version"]],
    resources: [["show system resources"]],
    "route-counts": [["show ip route summary vrf all", "show ipv6 route summary vrf all"]],
    addresses: [["show ip arp detail vrf all"]],
    macs: [["show mac address-table"]],
  },
  read(command, answer, time) {
    const reader = READERS[command as FixedCommand];
    if (answer === null) return NOTHING[command as FixedCommand] ?? {};
    return reader(answer, textIn(answer), time);
  },
  partOf,
  routes,
};

export const NXOS_COMMANDS = Object.keys(READERS) as readonly FixedCommand[];

/** @throws RangeError for a question whose names cannot stand in a command. */
function routes({ table, family, vrf, neighbor }: RouteQuestion): RouteAsking<NxosCommand> | undefined {
  const words = {
    "adj-rib-in-pre": "received-routes",
    "adj-rib-in-post": "routes",
    "adj-rib-out-post": "advertised-routes",
  };
  if (table === "rib" || table === "fib") {
    const command = `show ${family === "ipv6-unicast" ? "ipv6" : "ip"} route vrf ${vrf}` as const;
    return { commands: [command], read: (answer, observedAt) => ({ routes: parseRoutes(answer, observedAt) }) };
  }
  if (table === "loc-rib" || neighbor === undefined) return undefined;
  const command = `show bgp vrf ${vrf} all neighbors ${neighbor} ${words[table]}` as const;
  return {
    commands: [command],
    read(answer) {
      const all = parseBgpRoutesText(textIn(answer) ?? "", vrf, table);
      return { routes: all.filter((route) => route.family === family) };
    },
  };
}

/** The peer's own row in a summary, in a list of neighbors or of BFD, or its port's in a list of interfaces. */
function partOf(answer: unknown, neighbor: Neighbor): unknown {
  const text = textIn(answer);
  if (text !== undefined) {
    return text
      .split(/^(?=BGP neighbor is )/m)
      .find((block) => isPeer(neighbor, /^BGP neighbor is ([^\s,]+)/.exec(block)?.[1]));
  }
  for (const row of allRows(answer, 0)) {
    const told =
      field(row, "neighborid") ?? field(row, "neighbor") ?? field(row, "neighbor-id") ?? field(row, "dest_ip_addr");
    if (isPeer(neighbor, told)) return row;
    const port = field(row, "interface") ?? field(row, "l_port_id");
    if (neighbor.interface !== undefined && typeof port === "string") {
      if (longInterfaceName(port) === longInterfaceName(neighbor.interface)) return row;
    }
  }
  return undefined;
}

/** Rows of all tables, outer first; NX-OS nests them five deep at most. */
function* allRows(holder: unknown, depth: number): Generator<Readonly<Record<string, unknown>>> {
  if (typeof holder !== "object" || holder === null || depth > 6) return;
  for (const key of Object.keys(holder)) {
    if (!key.startsWith("TABLE_")) continue;
    for (const row of rowsOf(holder as Readonly<Record<string, unknown>>, key.slice("TABLE_".length))) {
      yield row;
      yield* allRows(row, depth + 1);
    }
  }
}

function isPeer(neighbor: Neighbor, told: unknown): boolean {
  if (typeof told !== "string") return false;
  const { address, name } = peerKey(neighbor.vrf, told);
  return address === undefined ? name !== undefined && name === neighbor.name : address === neighbor.neighborAddress;
}
