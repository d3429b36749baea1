import { reading, SourceError } from "../source-error.ts";
import type { Told } from "../switch/dialect.ts";
import { modelOf } from "../switch/saved.ts";
import type { Element } from "./element.ts";
import { JUNOS_RPCS, junosDialect } from "./junos-dialect.ts";
import type { FixedRpc } from "./junos-rpcs.ts";
import { parseRoutes } from "./parse-routes.ts";
import { outcomeOf, readReply } from "./reply.ts";

/** The CLI's words for what an RPC asks, as people save its answer. */
const CLI: readonly (readonly [words: string, rpc: FixedRpc])[] = [
  ["show bgp summary", "get-bgp-summary-information"],
  ["show bgp neighbor", "get-bgp-neighbor-information"],
  ["show bfd session", "get-bfd-session-information"],
  ["show interfaces", "get-interface-information"],
  ["show lldp neighbors", "get-lldp-neighbors-information"],
  ["show system information", "get-system-information"],
  ["show version", "get-software-information"],
  ["show system uptime", "get-system-uptime-information"],
  ["show chassis routing-engine", "get-route-engine-information"],
  ["show route summary", "get-route-summary-information"],
  ["show arp no-resolve", "get-arp-table-information"],
  ["show ethernet-switching table", "get-ethernet-switching-table-information"],
  ["show bridge mac-table", "get-bridge-mac-table"],
];

type Read = (reply: Element, device: string) => unknown;

const ofRpc =
  (rpc: FixedRpc): Read =>
  (reply, device) =>
    modelOf(junosDialect().read(rpc, reply, { skewMs: 0 }) as Told, device);
const routes: Read = (reply) => parseRoutes(reply, "rib");

const READERS: ReadonlyMap<string, Read> = new Map([
  ...JUNOS_RPCS.map((rpc) => [rpc, ofRpc(rpc)] as const),
  ...CLI.map(([words, rpc]) => [words, ofRpc(rpc)] as const),
  ["get-route-information", routes] as const,
  ["show route", routes] as const,
]);

/**
 * A saved answer as our model: XML (`| display xml`, NETCONF) or JSON (`| display json`, REST), with its envelope or without.
 * Without the time of asking, ages are left out.
 *
 * The readers throw SourceError: `malformed` for what cannot be read, `refused` for the device's own errors.
 */
export const JUNOS_COMMANDS: ReadonlyMap<string, (text: string, device: string) => unknown> = new Map(
  [...READERS].map(([command, read]) => [command, (text, device) => fromSaved(read, text, device)] as const),
);

function fromSaved(read: Read, text: string, device: string): unknown {
  if (text.trim() === "") throw new SourceError("malformed", device, "an answer with nothing in it");
  return reading(device, () => {
    const outcome = outcomeOf(readReply(text));
    if (outcome.ok) return read(outcome.answer as Element, device);
    // BGP that does not run is an answer: there are no neighbors.
    if (outcome.why === "inactive") return [];
    throw new SourceError("refused", device, outcome.text);
  });
}
