import { askBirdProtocols } from "./bird-control.ts";
import { deviceOf, endsFrom, type Lab, type LabLink } from "./description.ts";
import { askFrrPeers } from "./frr-vty.ts";

/** What one daemon says of its end of a session, asked at its own socket. */
export interface Told {
  readonly established: boolean;
  /** The daemon's own words; after `silent:` what befell the question. */
  readonly word: string;
}

export async function probeEnd(lab: Lab, link: LabLink, device: string, deadlineMs?: number): Promise<Told> {
  const { daemon, directory } = deviceOf(lab, device);
  try {
    if (daemon === "frr") {
      const peer = (await askFrrPeers(directory)).get(endsFrom(link, device).there.address);
      if (!peer) return { established: false, word: "not configured" };
      const why = peer.peerState && peer.peerState !== "OK" ? ` (${peer.peerState})` : "";
      return { established: peer.state === "Established", word: `${peer.state}${why}` };
    }
    const protocol = (await askBirdProtocols(directory, deadlineMs)).get(link.protocol ?? "");
    if (!protocol) return { established: false, word: "not configured" };
    return { established: protocol.info === "Established", word: `${protocol.state} ${protocol.info}`.trim() };
  } catch (cause) {
    return { established: false, word: `silent: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
}

/** Sessions of nodes that do not bring the routes of the whole fabric yet, in words. */
export async function probeRoutes(lab: Lab): Promise<string[]> {
  const nodes = lab.devices.filter((device) => device.role === "node");
  // Every loopback and every block but the node's own two, which come back to it or not.
  const expected = lab.devices.length + nodes.length - 2;
  const short = await Promise.all(
    nodes.map(async (node) => {
      const protocols = await askBirdProtocols(node.directory);
      return [...protocols].flatMap(([name, { imported = 0 }]) =>
        imported >= expected ? [] : [`${node.name} ${name} brings ${imported} of ${expected} routes`],
      );
    }),
  );
  return short.flat();
}
