import type { DeviceFacts, Interface } from "../../../lib/fabric/device.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import { same } from "../../../lib/values/same.ts";
import { textIn } from "./eapi-answer.ts";
import type { EapiCommand } from "./eapi-commands.ts";
import { mergeNeighbors } from "./merge-neighbors.ts";
import { parseBfd } from "./parse-bfd.ts";
import { parseInterfaces } from "./parse-interfaces.ts";
import { type LldpNeighbor, parseLldp } from "./parse-lldp.ts";
import { parseNeighbors } from "./parse-neighbors.ts";
import { parseNeighborsText } from "./parse-neighbors-text.ts";
import { joinSummaries, parseSummary } from "./parse-summary.ts";
import { parseSummaryText } from "./parse-summary-text.ts";
import { parseHostname, parseHostnameText, parseVersion, parseVersionText, type Version } from "./parse-version.ts";
import type { BfdPeer, DetailPeer, Summary } from "./peer.ts";
import { joinKey } from "./peer.ts";
import { steadyList, steadyNeighbors } from "./steady.ts";

/** Below this a clock counts as right, and what it seems to be off is our own waiting for the answer. */
const TOLERATED_SKEW_MS = 5_000;

const SUMMARY_FAMILY = {
  "show bgp summary vrf all": undefined,
  "show ip bgp summary vrf all": "ipv4-unicast",
  "show ipv6 bgp summary vrf all": "ipv6-unicast",
} as const;

/** What a switch has told so far, each part as of its own last answer, and the model that follows from all of them. */
export interface EapiPicture {
  /** One answer. @throws ZodError or SyntaxError for what is none; the picture then stays as it was. */
  take(command: EapiCommand, answer: unknown, observedAt: number): void;
  /** The switch runs no BGP, or none of what `command` asks for. */
  takeNone(command: EapiCommand): void;
  /** Whether a peer came, went, or changed its state since this was last asked. */
  stirred(): boolean;
  neighbors(): readonly Neighbor[];
  facts(): DeviceFacts;
  /** Undefined before any was told. */
  interfaces(): readonly Interface[] | undefined;
}

export function eapiPicture(device: string): EapiPicture {
  const summaries = new Map<EapiCommand, Summary>();
  const details = new Map<EapiCommand, readonly DetailPeer[]>();
  let inSummary: ReadonlySet<string> = new Set();
  let bfd: readonly BfdPeer[] = [];
  let ports: readonly Interface[] = [];
  let routed: readonly Interface[] = [];
  let lldp: ReadonlyMap<string, LldpNeighbor> = new Map();
  let version: Version | undefined;
  let hostname: string | undefined;
  let skewMs = 0;
  let pulse = "";
  let neighbors: readonly Neighbor[] = [];
  let interfaces: readonly Interface[] = [];
  let facts: DeviceFacts = {};

  function take(command: EapiCommand, answer: unknown, observedAt: number) {
    const text = textIn(answer);
    switch (command) {
      case "show version":
        version = text === undefined ? parseVersion(answer) : parseVersionText(text);
        skewMs = skewOf(version, observedAt, skewMs);
        return;
      case "show hostname":
        hostname = text === undefined ? parseHostname(answer) : parseHostnameText(text);
        return;
      case "show bgp summary vrf all":
      case "show ip bgp summary vrf all":
      case "show ipv6 bgp summary vrf all":
        keep(
          summaries,
          command,
          text === undefined
            ? parseSummary(answer, SUMMARY_FAMILY[command], skewMs)
            : parseSummaryText(text, SUMMARY_FAMILY[command]),
        );
        return;
      case "show bgp neighbors vrf all":
      case "show ip bgp neighbors vrf all":
      case "show ipv6 bgp peers vrf all":
        keep(details, command, text === undefined ? parseNeighbors(answer, observedAt) : parseNeighborsText(text));
        inSummary = new Set(summary().peers.map(joinKey));
        return;
      case "show bfd peers":
      case "show bfd peers detail":
        bfd = parseBfd(answer, skewMs);
        return;
      case "show interfaces":
        ports = parseInterfaces(answer, skewMs);
        return;
      case "show ip interface":
      case "show ip interface brief":
        routed = parseInterfaces(answer, skewMs);
        return;
      case "show lldp neighbors":
      case "show lldp neighbors detail":
        lldp = parseLldp(answer);
        return;
    }
  }

  function takeNone(command: EapiCommand) {
    if (command in SUMMARY_FAMILY) keep(summaries, command, { peers: [], speakers: new Map() });
    else if (/ (neighbors|peers) vrf all$/.test(command)) keep(details, command, []);
    else if (command.startsWith("show bfd ")) bfd = [];
  }

  const summary = () => joinSummaries([...summaries.values()]);

  return {
    take,
    takeNone,
    stirred() {
      const now = summary()
        .peers.map(({ vrf, key, state, since, rawState, peerAs }) =>
          [vrf, key, state, since, rawState, peerAs].join("|"),
        )
        .join("\n");
      const stirred = now !== pulse;
      pulse = now;
      return stirred;
    },
    neighbors() {
      const { peers, speakers } = summary();
      const present = new Set(peers.map(joinKey));
      // A peer that stood in the summary when details were asked, and no longer does, is gone.
      const current = [...details.values()].flat().filter((peer) => {
        return present.has(joinKey(peer)) || !inSummary.has(joinKey(peer));
      });
      neighbors = steadyNeighbors(
        neighbors,
        mergeNeighbors(device, { summary: peers, speakers, details: current, bfd }),
      );
      return neighbors;
    },
    facts() {
      const { speakers } = summary();
      const speaker = speakers.get("default") ?? [...speakers.values()][0];
      const startedAt = version?.startedAt;
      const told: DeviceFacts = {
        system: "Arista EOS",
        ...(hostname && { hostname }),
        ...(version && { version: version.version }),
        ...(version?.model && { model: version.model }),
        ...(version?.serial && { serial: version.serial }),
        ...(speaker?.routerId && { routerId: speaker.routerId }),
        ...(speaker?.asn !== undefined && { asn: speaker.asn }),
        ...(startedAt !== undefined && { startedAt: startedAt - skewMs }),
        bgp: speakers.size > 0 ? "on" : "off",
      };
      if (!same(facts, told)) facts = told;
      return facts;
    },
    interfaces() {
      if (ports.length === 0 && routed.length === 0) return undefined;
      interfaces = steadyList(interfaces, joinPorts(ports.length > 0 ? ports : routed, routed, lldp));
      return interfaces;
    },
  };
}

/** Answers of the one command over all families and of those for each family exclude each other: they may be of two times. */
function keep<T>(told: Map<EapiCommand, T>, command: EapiCommand, value: T): void {
  for (const other of told.keys()) {
    if (other.startsWith("show bgp ") !== command.startsWith("show bgp ")) told.delete(other);
  }
  told.set(command, value);
}

function joinPorts(
  ports: readonly Interface[],
  routed: readonly Interface[],
  lldp: ReadonlyMap<string, LldpNeighbor>,
): Interface[] {
  const byName = new Map(routed.map((port) => [port.name, port]));
  return ports.map((port) => {
    const vrf = port.vrf ?? byName.get(port.name)?.vrf;
    const neighbor = lldp.get(port.name);
    return { ...port, ...(vrf && { vrf }), ...(neighbor && { lldp: neighbor }) };
  });
}

/** How far the switch's clock is ahead of ours, in whole seconds; 0 while it is right, or does not tell. */
function skewOf({ clockAt }: Version, observedAt: number, before: number): number {
  if (clockAt === undefined) return 0;
  const skewMs = clockAt - observedAt;
  if (Math.abs(skewMs - before) < TOLERATED_SKEW_MS) return before;
  return Math.abs(skewMs) < TOLERATED_SKEW_MS ? 0 : Math.round(skewMs / 1000) * 1000;
}
