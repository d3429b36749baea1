import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import type { Neighbor } from "../../../lib/fabric/neighbor.ts";
import type { RouteQuestion } from "../../../lib/fabric/route.ts";
import type { AnswerTime, Dialect, RouteAsking, Told } from "../switch/dialect.ts";
import type { DetailPeer, Speaker, Summary } from "../switch/peer.ts";
import { allNamed, type Element, textOf } from "./element.ts";
import { peerKey, withoutPort } from "./junos-peer.ts";
import type { FixedRpc, JunosRpc } from "./junos-rpcs.ts";
import { parseArp, parseMacs } from "./parse-attachment.ts";
import { parseBfd } from "./parse-bfd.ts";
import { parseInterfaces } from "./parse-interfaces.ts";
import { parseLldp } from "./parse-lldp.ts";
import { parseNeighbors } from "./parse-neighbors.ts";
import { parseRouteCounts, parseRoutes } from "./parse-routes.ts";
import { parseSummary } from "./parse-summary.ts";
import { parseEngine, parseSoftware, parseSystem, parseUptime } from "./parse-system.ts";
import { printed } from "./printed.ts";

/**
 * Junos, over whichever transport. A summary does not name the instance of a peer nor our own AS, and a neighbor does not tell
 * since when: each remembers what the other needs, so that a dialect belongs to one device.
 */
export function junosDialect(): Dialect<JunosRpc> {
  let neighbors: readonly DetailPeer[] = [];

  const instanceOf = (address: string, peerAs?: number) => {
    const known = neighbors.filter((peer) => peer.address?.split("%")[0] === address.split("%")[0]);
    const fitting = known.filter((peer) => peerAs === undefined || peer.peerAs === peerAs);
    return (fitting[0] ?? known[0])?.vrf;
  };

  /** Neighbors tell what a speaker is called; none of an instance may be known yet. */
  const speakers = (): ReadonlyMap<string, Speaker> => {
    const told = new Map<string, Speaker>([["default", {}]]);
    for (const { vrf, localAs, localRouterId } of neighbors) {
      told.set(vrf, {
        ...told.get(vrf),
        ...(localAs !== undefined && { asn: localAs }),
        ...(localRouterId && { routerId: localRouterId }),
      });
    }
    return told;
  };

  const READERS: Readonly<Record<FixedRpc, (reply: Element, time: AnswerTime) => Told>> = {
    "get-system-information": (reply) => ({ facts: parseSystem(reply) }),
    "get-software-information": (reply) => ({ facts: parseSoftware(reply) }),
    "get-system-uptime-information": (reply) => {
      const { startedAt, clockAt } = parseUptime(reply);
      return { ...(startedAt !== undefined && { facts: { startedAt } }), ...(clockAt !== undefined && { clockAt }) };
    },
    "get-bgp-summary-information": (reply, { observedAt }) => {
      const peers = parseSummary(reply, observedAt, instanceOf);
      const summary: Summary = { peers, speakers: speakers() };
      return { summary };
    },
    "get-bgp-neighbor-information": (reply) => {
      const told = parseNeighbors(reply);
      neighbors = told.details;
      return told;
    },
    "get-bfd-session-information": (reply) => ({ bfd: parseBfd(reply, instanceOf) }),
    "get-interface-information": (reply, { observedAt }) => parseInterfaces(reply, observedAt),
    "get-lldp-neighbors-information": (reply) => ({ lldp: parseLldp(reply) }),
    "get-route-engine-information": (reply) => ({ resources: parseEngine(reply) }),
    "get-route-summary-information": (reply) => ({ routeCounts: parseRouteCounts(reply) }),
    "get-arp-table-information": (reply) => ({ addresses: parseArp(reply) }),
    "get-ethernet-switching-table-information": (reply) => ({ macs: parseMacs(reply) }),
    "get-bridge-mac-table": (reply) => ({ macs: parseMacs(reply) }),
  };

  return {
    kind: "junos",
    system: "Junos",
    ways: {
      // Neighbors come before the first summary, so that no peer is taken for one of another instance.
      version: [
        ["get-system-information", "get-system-uptime-information", "get-bgp-neighbor-information"],
        ["get-software-information"],
      ],
      summary: [["get-bgp-summary-information"]],
      neighbors: [["get-bgp-neighbor-information"]],
      bfd: [["get-bfd-session-information"]],
      interfaces: [["get-interface-information"]],
      lldp: [["get-lldp-neighbors-information"]],
      resources: [["get-route-engine-information"]],
      "route-counts": [["get-route-summary-information"]],
      addresses: [["get-arp-table-information"]],
      macs: [["get-ethernet-switching-table-information"], ["get-bridge-mac-table"]],
    },
    read: (command, answer, time) => READERS[command as FixedRpc](answer as Element, time),
    partOf: (answer, neighbor) => partOf(answer as Element, neighbor),
    routes,
  };
}

const TABLE: Readonly<Partial<Record<AddressFamily, string>>> = { "ipv4-unicast": "inet.0", "ipv6-unicast": "inet6.0" };

function routes({ table, family, vrf, neighbor }: RouteQuestion): RouteAsking<JunosRpc> | undefined {
  const suffix = TABLE[family];
  if (suffix === undefined) return undefined;
  const name = vrf === "default" ? suffix : `${vrf}.${suffix}`;
  const read = (answer: unknown, observedAt: number) => ({ routes: parseRoutes(answer as Element, table, observedAt) });
  if (table === "rib" || table === "fib" || table === "loc-rib") {
    return { commands: [`get-route-information table=${name} detail`], read };
  }
  if (neighbor === undefined) return undefined;
  // What is heard is shown before import policy; Junos keeps what it rejected as hidden routes of the same table.
  return table === "adj-rib-out-post"
    ? {
        commands: [`get-route-information advertising-protocol-name=bgp neighbor=${neighbor} table=${name} detail`],
        read,
      }
    : { commands: [`get-route-information receive-protocol-name=bgp peer=${neighbor} table=${name} detail`], read };
}

/** The peer's own element in a summary or a list of neighbors, or its port's in a list of interfaces, as XML. */
function partOf(reply: Element, neighbor: Neighbor): string | undefined {
  const peers = [...allNamed(reply, "bgp-peer"), ...allNamed(reply, "bfd-session")];
  const own = peers.find((peer) => {
    const told = textOf(peer, "peer-address") ?? textOf(peer, "session-neighbor") ?? "";
    const { address } = peerKey(neighbor.vrf, withoutPort(told));
    return address !== undefined && address.split("%")[0] === neighbor.neighborAddress?.split("%")[0];
  });
  if (own) return printed(own);
  const port = neighbor.interface?.replace(/\.\d+$/, "");
  const ports = [...allNamed(reply, "physical-interface"), ...allNamed(reply, "lldp-neighbor-information")];
  const found = ports.find((each) => {
    const name = textOf(each, "name") ?? textOf(each, "lldp-local-interface") ?? textOf(each, "lldp-local-port-id");
    return port !== undefined && name === port;
  });
  return found && printed(found);
}

/** For `peerglass read`: a dialect that remembers nothing of another answer. */
export const JUNOS_RPCS: readonly FixedRpc[] = [
  "get-bgp-summary-information",
  "get-bgp-neighbor-information",
  "get-bfd-session-information",
  "get-interface-information",
  "get-lldp-neighbors-information",
  "get-system-information",
  "get-software-information",
  "get-system-uptime-information",
  "get-route-engine-information",
  "get-route-summary-information",
  "get-arp-table-information",
  "get-ethernet-switching-table-information",
  "get-bridge-mac-table",
];
