import type { BirdPrinter, ProtocolBlock } from "./bird-printer.ts";
import { changeStats } from "./bird-printer.ts";
import type { BirdFacts, BirdNeighbor } from "./bird-protocol.ts";
import { CONNECT_DELAY_SEC, ERROR_WAIT_SEC } from "./bird-protocol.ts";
import { fullText, sinceText } from "./bird-time.ts";
import { HOLD_SEC, KEEPALIVE_SEC } from "./effect.ts";

const VERSION = "v0.3.3+birdv1.6.8";

/** How Calico's fork of BIRD 1.6 prints, column for column. */
export const bird1: BirdPrinter = {
  version: VERSION,
  heading: "name     proto    table    state  since       info",
  syntaxError: "9001 syntax error",
  emptyCommand: "9001 syntax error",
  noProtocol: (name) => `9002 ${name} is not a protocol`,

  status: ({ routerId, now, startedAt }) => [
    `1000-BIRD ${VERSION}`,
    `1011-Router ID is ${routerId}`,
    ` Current server time is ${fullText(now, false)}`,
    ` Last reboot on ${fullText(startedAt, false)}`,
    ` Last reconfiguration on ${fullText(startedAt, false)}`,
    "0013 Daemon is up and running",
  ],

  protocols(facts) {
    const { startedAt: since, blocks, neighbors } = facts;
    const best = neighbors.reduce((sum, neighbor) => sum + neighbor.preferred, 0);
    return [
      plain(facts, "static1", "Static", since, { preference: 200, output: "REJECT", imported: blocks, exported: 0 }),
      plain(facts, "kernel1", "Kernel", since, {
        preference: 10,
        output: "calico_kernel_programming",
        imported: facts.leaked,
        exported: best + blocks,
      }),
      plain(facts, "device1", "Device", since, { preference: 240, output: "REJECT", imported: 0, exported: 0 }),
      plain(facts, "direct1", "Direct", since, { preference: 240, output: "REJECT", imported: 3, exported: 0 }),
      ...neighbors.map((neighbor) => bgp(facts, neighbor)),
    ];
  },

  interfaces: ({ routerId, ports }) => [
    "1001-lo up (index=1)",
    "1004-\tMultiAccess AdminUp LinkUp Loopback Ignored MTU=65536",
    `1003-\t${routerId}/32 (Primary, scope site)`,
    " \t127.0.0.1/8 (Unselected, scope host)",
    ...ports.flatMap((port, i) => [
      `1001-${port.name} ${port.adminUp ? "up" : "DOWN"} (index=${i + 2})`,
      `1004-\tMultiAccess Broadcast Multicast ${port.adminUp ? "AdminUp" : "AdminDown"} ${port.linkUp ? "LinkUp" : "LinkDown"} MTU=9000`,
      `1003-\t${port.address}/31 (Primary, opposite ${port.opposite}, scope site)`,
    ]),
    "0000 ",
  ],

  interfaceSummary: ({ routerId, ports }) => [
    "2005-interface state address",
    `1005-lo        up    ${routerId}/32`,
    ...ports.map((port) => ` ${port.name.padEnd(9)} ${(port.adminUp ? "up" : "DOWN").padEnd(5)} ${port.address}/31`),
    "0000 ",
  ],

  // Calico configures none.
  bfdSessions: () => ["9001 There is no BFD protocol running"],

  routeCount: ({ routes, networks }) => [`0014 ${routes} of ${routes} routes for ${networks} networks`],

  memory: ({ routes }) => [
    "1018-BIRD memory usage",
    ...rows([
      ["Routing tables:", 18 + Math.ceil(routes / 4)],
      ["Route attributes:", 10 + Math.ceil(routes / 12)],
      ["Protocols:", 41],
      ["Total:", 110 + Math.ceil(routes / 3)],
    ]),
    "0000 ",
  ],
};

function rows(sizes: readonly [string, number][]): string[] {
  return sizes.map(([label, kb]) => ` ${label.padEnd(17)} ${String(kb).padStart(4)} kB`);
}

function row(facts: BirdFacts, name: string, kind: string, state: string, since: number, info: string): string {
  const when = sinceText(since, facts.now, false).padEnd(10);
  return `${name.padEnd(8)} ${kind.padEnd(8)} ${"master".padEnd(8)} ${state.padEnd(5)}  ${when}  ${info}`;
}

function plain(
  facts: BirdFacts,
  name: string,
  kind: string,
  since: number,
  told: { preference: number; output: string; imported: number; exported: number },
): ProtocolBlock {
  return {
    name,
    row: row(facts, name, kind, "up", since, ""),
    details: [
      `  Preference:     ${told.preference}`,
      "  Input filter:   ACCEPT",
      `  Output filter:  ${told.output}`,
      `  Routes:         ${told.imported} imported, ${told.exported} exported, ${told.imported} preferred`,
      ...changeStats("  ", { imported: told.imported, offered: told.exported, rejected: 0, exported: told.exported }),
    ],
  };
}

function bgp(facts: BirdFacts, neighbor: BirdNeighbor): ProtocolBlock {
  const { protocolState, bgpState, lastError, imported, exported, preferred } = neighbor;
  const info = protocolState === "down" ? (lastError ?? "") : `${bgpState.padEnd(14)}${lastError ?? ""}`;
  return {
    name: neighbor.name,
    row: row(facts, neighbor.name, "BGP", protocolState, neighbor.since, info),
    details: [
      "  Description:    Connection to BGP peer",
      "  Preference:     100",
      "  Input filter:   ACCEPT",
      "  Output filter:  calico_export_to_bgp_peers",
      ...(protocolState === "down"
        ? []
        : [
            `  Routes:         ${imported} imported, ${exported} exported, ${preferred} preferred`,
            ...changeStats("  ", {
              imported,
              offered: protocolState === "up" ? neighbor.offered : 0,
              rejected: imported,
              exported,
            }),
          ]),
      `  BGP state:          ${bgpState}`,
      `    Neighbor address: ${neighbor.address}`,
      `    Neighbor AS:      ${neighbor.asn}`,
      ...(protocolState === "up"
        ? [
            `    Neighbor ID:      ${neighbor.peerRouterId}`,
            "    Neighbor caps:    refresh enhanced-refresh restart-aware AS4 add-path-rx",
            "    Session:          external multihop AS4 add-path-tx",
            `    Source address:   ${neighbor.source}`,
            `    Hold timer:       ${Math.floor(neighbor.holdLeftSec)}/${HOLD_SEC}`,
            `    Keepalive timer:  ${Math.floor(neighbor.keepaliveLeftSec)}/${KEEPALIVE_SEC}`,
          ]
        : []),
      ...(neighbor.waitKind
        ? [
            `    ${`${neighbor.waitKind}:`.padEnd(17)} ${Math.floor(neighbor.waitLeftSec ?? 0)}/${neighbor.waitKind === "Error wait" ? ERROR_WAIT_SEC : CONNECT_DELAY_SEC}`,
          ]
        : []),
      ...(lastError ? [`    Last error:       ${lastError}`] : []),
    ],
  };
}
