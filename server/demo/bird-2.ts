import type { BirdPrinter, ProtocolBlock } from "./bird-printer.ts";
import { changeStats } from "./bird-printer.ts";
import type { BirdFacts, BirdNeighbor } from "./bird-protocol.ts";
import { CONNECT_DELAY_SEC, ERROR_WAIT_SEC } from "./bird-protocol.ts";
import { fullText, sinceText } from "./bird-time.ts";
import { HOLD_SEC, KEEPALIVE_SEC } from "./effect.ts";

const VERSION = "2.0.12";

/** How BIRD 2.0.12 prints, column for column. */
export const bird2: BirdPrinter = {
  version: VERSION,
  heading: "Name       Proto      Table      State  Since         Info",
  syntaxError: "9001 syntax error, unexpected CF_SYM_UNDEFINED",
  emptyCommand: "9001 syntax error, unexpected END",
  noProtocol: () => "9001 syntax error, unexpected CF_SYM_UNDEFINED, expecting END or CF_SYM_KNOWN or TEXT",

  status: ({ routerId, hostname, now, startedAt }) => [
    `1000-BIRD ${VERSION}`,
    `1011-Router ID is ${routerId}`,
    ` Hostname is ${hostname}`,
    ` Current server time is ${fullText(now, true)}`,
    ` Last reboot on ${fullText(startedAt, true)}`,
    ` Last reconfiguration on ${fullText(startedAt, true)}`,
    "0013 Daemon is up and running",
  ],

  protocols(facts) {
    const { blocks, neighbors } = facts;
    const best = neighbors.reduce((sum, neighbor) => sum + neighbor.preferred, 0);
    return [
      withChannel(facts, "static1", "Static", {
        table: "master4",
        preference: 200,
        output: "REJECT",
        imported: blocks,
        exported: 0,
      }),
      withChannel(facts, "kernel1", "Kernel", {
        table: "master4",
        preference: 10,
        output: "calico_kernel_programming",
        imported: facts.leaked,
        exported: best + blocks,
      }),
      { name: "device1", row: row(facts, "device1", "Device", "---", "up", facts.startedAt, ""), details: [] },
      withChannel(facts, "direct1", "Direct", {
        table: "---",
        preference: 240,
        output: "REJECT",
        imported: 3,
        exported: 0,
      }),
      { name: "bfd1", row: row(facts, "bfd1", "BFD", "---", "up", facts.startedAt, ""), details: [] },
      ...neighbors.map((neighbor) => bgp(facts, neighbor)),
    ];
  },

  interfaces: ({ routerId, ports }) => [
    "1001-lo up (index=1)",
    "1004-\tMultiAccess AdminUp LinkUp Loopback Ignored MTU=65536",
    "1003-\t127.0.0.1/8 (Preferred, scope host)",
    ` \t${routerId}/32 (scope site)`,
    " \t::1/128 (Preferred, scope host)",
    ...ports.flatMap((port, i) => [
      `1001-${port.name} ${port.adminUp ? "up" : "down"} (index=${i + 2})`,
      `1004-\tMultiAccess Broadcast Multicast ${port.adminUp ? "AdminUp" : "AdminDown"} ${port.linkUp ? "LinkUp" : "LinkDown"} MTU=9000`,
      `1003-\t${port.address}/31 (Preferred, opposite ${port.opposite}, scope site)`,
    ]),
    "0000 ",
  ],

  interfaceSummary: ({ ports }) => [
    "2005-Interface  State  IPv4 address       IPv6 address",
    "1005-lo         up     127.0.0.1/8        ::1/128",
    ...ports.map(
      (port) =>
        ` ${port.name.padEnd(10)} ${(port.adminUp ? "up" : "down").padEnd(6)} ${`${port.address}/31`.padEnd(18)} `,
    ),
    "0000 ",
  ],

  bfdSessions: ({ neighbors, now }) => [
    "1020-bfd1:",
    ` ${"IP address".padEnd(25)} ${"Interface".padEnd(10)} ${"State".padEnd(10)} ${"Since".padEnd(12)}  ${"Interval".padStart(8)} ${"Timeout".padStart(8)}`,
    ...neighbors.flatMap(({ address, bfd }) => {
      if (!bfd) return [];
      const [interval, timeout] = bfd.up ? ["0.300", "0.900"] : ["1.000", "0.000"];
      const state = bfd.up ? "Up" : "Down";
      const since = sinceText(bfd.since, now, true).padEnd(12);
      return ` ${address.padEnd(25)} ${bfd.port.padEnd(10)} ${state.padEnd(10)} ${since}  ${interval.padStart(7)} ${timeout.padStart(8)}`;
    }),
    "0000 ",
  ],

  routeCount: ({ routes, networks }) => [
    `1007-${routes} of ${routes} routes for ${networks} networks in table master4`,
    " 0 of 0 routes for 0 networks in table master6",
    `0014 Total: ${routes} of ${routes} routes for ${networks} networks in 2 tables`,
  ],

  memory: ({ routes }) => [
    "1018-BIRD memory usage",
    `${" ".repeat(19)}Effective    Overhead`,
    ` Routing tables:   ${kb(20 + routes / 8)}   4912.0  B`,
    ` Route attributes: ${kb(4 + routes / 20)}   7896.0  B`,
    ` Protocols:        ${kb(36.7)}     16.2 kB`,
    ` Current config:   ${kb(24)}    568.0  B`,
    ` Standby memory:   ${"0.0".padStart(6)}  B     64.0 kB`,
    ` Total:            ${kb(85 + routes / 5)}     99.0 kB`,
    "0000 ",
  ],
};

function kb(value: number): string {
  return `${value.toFixed(1).padStart(6)} kB`;
}

function row(
  facts: BirdFacts,
  name: string,
  kind: string,
  table: string,
  state: string,
  since: number,
  info: string,
): string {
  const when = sinceText(since, facts.now, true).padEnd(12);
  return `${name.padEnd(10)} ${kind.padEnd(10)} ${table.padEnd(10)} ${state.padEnd(6)} ${when}  ${info}`;
}

function channel(
  up: boolean,
  told: {
    preference: number;
    output: string;
    imported: number;
    exported: number;
    preferred: number;
    offered: number;
    rejected: number;
  },
): string[] {
  return [
    "  Channel ipv4",
    `    State:          ${up ? "UP" : "DOWN"}`,
    "    Table:          master4",
    `    Preference:     ${told.preference}`,
    "    Input filter:   ACCEPT",
    `    Output filter:  ${told.output}`,
    ...(up
      ? [
          `    Routes:         ${told.imported} imported, ${told.exported} exported, ${told.preferred} preferred`,
          ...changeStats("    ", told),
        ]
      : []),
  ];
}

function withChannel(
  facts: BirdFacts,
  name: string,
  kind: string,
  told: { table: string; preference: number; output: string; imported: number; exported: number },
): ProtocolBlock {
  return {
    name,
    row: row(facts, name, kind, told.table, "up", facts.startedAt, ""),
    details: channel(true, { ...told, preferred: told.imported, offered: told.exported, rejected: 0 }),
  };
}

function bgp(facts: BirdFacts, neighbor: BirdNeighbor): ProtocolBlock {
  const { protocolState, bgpState, lastError, imported, exported, preferred, offered } = neighbor;
  const up = protocolState === "up";
  const info = protocolState === "down" ? (lastError ?? "") : `${bgpState.padEnd(14)}${lastError ?? ""}`;
  return {
    name: neighbor.name,
    row: row(facts, neighbor.name, "BGP", "---", protocolState, neighbor.since, info),
    details: [
      "  Description:    Connection to BGP peer",
      ...(neighbor.message === undefined ? [] : [`  Message:        ${neighbor.message}`]),
      `  BGP state:          ${bgpState}`,
      `    Neighbor address: ${neighbor.address}`,
      `    Neighbor AS:      ${neighbor.asn}`,
      `    Local AS:         ${facts.localAs}`,
      ...(up ? [`    Neighbor ID:      ${neighbor.peerRouterId}`, ...CAPABILITIES] : []),
      ...(up
        ? [
            "    Session:          external AS4",
            `    Source address:   ${neighbor.source}`,
            `    Hold timer:       ${neighbor.holdLeftSec.toFixed(3)}/${HOLD_SEC}`,
            `    Keepalive timer:  ${neighbor.keepaliveLeftSec.toFixed(3)}/${KEEPALIVE_SEC}`,
          ]
        : []),
      ...(neighbor.waitKind
        ? [
            `    ${`${neighbor.waitKind}:`.padEnd(17)} ${(neighbor.waitLeftSec ?? 0).toFixed(3)}/${neighbor.waitKind === "Error wait" ? ERROR_WAIT_SEC : CONNECT_DELAY_SEC}`,
          ]
        : []),
      ...(lastError ? [`    Last error:       ${lastError}`] : []),
      ...channel(up, {
        preference: 100,
        output: "calico_export_to_bgp_peers",
        imported,
        exported,
        preferred,
        offered,
        rejected: imported,
      }),
      ...(up ? [`    BGP Next hop:   ${neighbor.source}`] : []),
    ],
  };
}

/** A BIRD with graceful restart and add-path, and an EOS that only helps in a restart. */
const CAPABILITIES = [
  "    Local capabilities",
  "      Multiprotocol",
  "        AF announced: ipv4",
  "      Route refresh",
  "      Graceful restart",
  "        Restart time: 120",
  "        AF supported: ipv4",
  "        AF preserved:",
  "      4-octet AS numbers",
  "      ADD-PATH",
  "        RX: ipv4",
  "        TX: ipv4",
  "      Enhanced refresh",
  "    Neighbor capabilities",
  "      Multiprotocol",
  "        AF announced: ipv4",
  "      Route refresh",
  "      Graceful restart",
  "        Restart time: 300",
  "        AF supported:",
  "        AF preserved:",
  "      4-octet AS numbers",
  "      ADD-PATH",
  "        RX: ipv4",
  "        TX:",
  "      Enhanced refresh",
];
