import { canonicalAddress } from "../../../lib/net/address.ts";

export const DAEMONS = ["bgpd", "zebra", "bfdd"] as const;
export type Daemon = (typeof DAEMONS)[number];

export const SUMMARY = "show bgp vrf all summary json";
export const NEIGHBORS = "show bgp vrf all neighbors json";
export const INTERFACES = "show interface vrf all json";
export const BFD_PEERS = "show bfd peers json";
export const VERSION = "show version";

/**
 * Every command that may ever be sent, and the daemon that knows it. A list, because "it only shows" is no safety:
 * `show bgp neighbors graceful-restart json`, without an address, aborts bgpd 8.4.4 (an assertion of json-c), and so
 * does `show bgp ipv4 neighbors graceful-restart json`.
 */
const ALLOWED: ReadonlyMap<string, Daemon> = new Map([
  [SUMMARY, "bgpd"],
  [NEIGHBORS, "bgpd"],
  [VERSION, "bgpd"],
  [INTERFACES, "zebra"],
  [BFD_PEERS, "bfdd"],
]);

const ONE_NEIGHBOR = /^show bgp vrf ([\w.-]{1,36}) neighbors ([\w.:-]{1,64}) json$/;

/** The daemon to ask, or undefined for a command that we never send. */
export function daemonFor(command: string): Daemon | undefined {
  const fixed = ALLOWED.get(command);
  if (fixed) return fixed;
  const one = ONE_NEIGHBOR.exec(command);
  return one && isNeighborKey(one[2] ?? "") ? "bgpd" : undefined;
}

/** The command for one neighbor, or undefined when FRR's name for it is not one that we would put into a command. */
export function oneNeighborCommand(vrf: string, key: string): string | undefined {
  const command = `show bgp vrf ${vrf} neighbors ${key} json`;
  return daemonFor(command) === undefined ? undefined : command;
}

/**
 * An address, or the name of a port (an unnumbered neighbor), which has a digit or a dash in it. The words that could
 * stand in this place (`graceful-restart` above all) are refused by name.
 */
function isNeighborKey(key: string): boolean {
  if (canonicalAddress(key) !== undefined) return true;
  return /^[a-z][\w.-]{0,14}$/i.test(key) && /[\d-]/.test(key) && !/^graceful/i.test(key);
}
