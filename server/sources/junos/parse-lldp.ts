import { canonicalMac } from "../../../lib/fabric/attachment.ts";
import type { LldpNeighbor } from "../../../lib/fabric/device.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { wordsOf } from "../switch/scalars.ts";
import { child, childrenOf, type Element, neededNamed, textOf } from "./element.ts";

/**
 * `get-lldp-neighbors-information` and `get-lldp-interface-neighbors`, with or without detail: the first neighbor of each port.
 * With detail the local port id is an index; a remote one that is a number says less than its description.
 *
 * @throws SyntaxError for anything else.
 */
export function parseLldp(reply: Element): ReadonlyMap<string, LldpNeighbor> {
  const neighbors = new Map<string, LldpNeighbor>();
  const all = neededNamed(reply, "lldp-neighbors-information");
  for (const told of all.flatMap((one) => childrenOf(one, "lldp-neighbor-information"))) {
    const local = textOf(told, "lldp-local-interface") ?? textOf(told, "lldp-local-port-id");
    if (!local || neighbors.has(unitless(local))) continue;
    const id = textOf(told, "lldp-remote-port-id");
    const port = id !== undefined && !/^\d+$/.test(id) ? id : (textOf(told, "lldp-remote-port-description") ?? id);
    const system = wordsOf(textOf(told, "lldp-remote-system-name") ?? "", 256);
    const chassisId = canonicalMac(textOf(told, "lldp-remote-chassis-id") ?? "");
    const managementAddress = canonicalAddress(textOf(told, "lldp-remote-management-address") ?? "");
    const description = wordsOf(
      textOf(child(told, "lldp-system-description"), "lldp-remote-system-description") ?? "",
      200,
    );
    neighbors.set(unitless(local), {
      ...(system && { system }),
      ...(port && { port: wordsOf(port, 256) ?? port }),
      ...(chassisId && { chassisId }),
      ...(managementAddress && { managementAddress }),
      ...(description && { description }),
    });
  }
  return neighbors;
}

/** LLDP runs on the port: `me0.0` is `me0`. */
function unitless(name: string): string {
  return name.replace(/\.\d+$/, "");
}
