import { z } from "zod";
import { canonicalMac } from "../../../lib/fabric/attachment.ts";
import type { LldpNeighbor } from "../../../lib/fabric/device.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { keyText, wordsOf } from "../switch/scalars.ts";
import { neededRows, rowAs } from "./nxos-rows.ts";
import { longInterfaceName, text } from "./nxos-scalars.ts";

const Neighbor = z.object({
  l_port_id: keyText,
  chassis_type: text.optional(),
  chassis_id: text.optional(),
  port_id: text.optional(),
  port_desc: text.optional(),
  sys_name: text.optional(),
  sys_desc: text.optional(),
  mgmt_addr: text.optional(),
});

/**
 * `show lldp neighbors [detail]`: the first neighbor of each port. Without detail the chassis id is the system's name where it
 * is no MAC address; `mgmt_addr_ipv6` may hold a MAC address, and is not read.
 *
 * @throws ZodError or SyntaxError for anything else.
 */
export function parseLldp(answer: unknown): ReadonlyMap<string, LldpNeighbor> {
  const neighbors = new Map<string, LldpNeighbor>();
  for (const row of neededRows(answer, "nbor")) {
    const told = rowAs(Neighbor, row, "TABLE_nbor");
    const port = longInterfaceName(told.l_port_id);
    if (neighbors.has(port)) continue;
    const mac = canonicalMac(told.chassis_id ?? "");
    const system = told.sys_name ?? (mac ? undefined : told.chassis_id);
    neighbors.set(port, neighbor(system, told.port_id ?? told.port_desc, mac, told.mgmt_addr, told.sys_desc));
  }
  return neighbors;
}

/** The same as text, with or without detail. @throws SyntaxError when it is no list of LLDP neighbors. */
export function parseLldpText(text: string): ReadonlyMap<string, LldpNeighbor> {
  if (!/^Device ID\s+Local Intf/m.test(text)) throw new SyntaxError('no line "Device ID  Local Intf ..." in it');
  const neighbors = new Map<string, LldpNeighbor>();
  for (const block of text.split(/^(?=Chassis id: )/m).slice(1)) {
    const line = (name: string) => new RegExp(`^${name}: (.+)$`, "m").exec(block)?.[1];
    const port = longInterfaceName(line("Local Port id")?.trim() ?? "");
    if (!port || neighbors.has(port)) continue;
    const mac = canonicalMac(line("Chassis id") ?? "");
    const found = neighbor(
      line("System Name"),
      line("Port id") ?? line("Port Description"),
      mac,
      line("Management Address"),
      line("System Description"),
    );
    neighbors.set(port, found);
  }
  if (neighbors.size > 0) return neighbors;
  for (const row of text.split(/\r?\n/)) {
    const [, system, local, port] = /^(\S.*?)\s{1,}(\S+)\s+\d+\s+[A-Z]*\s+(\S+)\s*$/.exec(row) ?? [];
    if (local !== undefined && !neighbors.has(longInterfaceName(local))) {
      neighbors.set(longInterfaceName(local), neighbor(system, port, undefined, undefined, undefined));
    }
  }
  return neighbors;
}

function neighbor(
  name: string | undefined,
  port: string | undefined,
  chassisId: string | undefined,
  management: string | undefined,
  description: string | undefined,
): LldpNeighbor {
  const system = wordsOf(name ?? "", 256);
  const remote = wordsOf(port ?? "", 256);
  const managementAddress = canonicalAddress(management?.trim() ?? "");
  const words = wordsOf(description ?? "", 200);
  return {
    ...(system && { system }),
    ...(remote && { port: remote }),
    ...(chassisId && { chassisId }),
    ...(managementAddress && { managementAddress }),
    ...(words && { description: words }),
  };
}
