import { z } from "zod";
import type { LldpNeighbor } from "../../../lib/fabric/device.ts";
import { eachEntry, fewOf, keyed } from "../switch/each-entry.ts";
import { keyText, wordsOf } from "../switch/scalars.ts";

const Brief = z.object({
  port: keyText,
  neighborDevice: z.string().optional(),
  neighborPort: z.string().optional(),
});

const Detail = z.object({
  systemName: z.string().optional(),
  neighborInterfaceInfo: z
    .object({
      interfaceId: z.string().optional(),
      interfaceIdType: z.string().optional(),
      interfaceDescription: z.string().optional(),
    })
    .optional(),
});

const Port = z.object({ lldpNeighborInfo: fewOf(Detail) });
const Answer = z.object({
  lldpNeighbors: z.union([z.array(z.unknown()), keyed]),
});

/**
 * `show lldp neighbors [detail]`: who is at the other end of each port, the first that names itself where several do.
 * Ports without a neighbor are left out.
 *
 * @throws ZodError for anything else.
 */
export function parseLldp(answer: unknown): ReadonlyMap<string, LldpNeighbor> {
  const { lldpNeighbors } = Answer.parse(answer);
  const told = Array.isArray(lldpNeighbors)
    ? eachEntry(lldpNeighbors, Brief, ["lldpNeighbors"]).map(
        ([, each]) => [each.port, lldp(each.neighborDevice, each.neighborPort)] as const,
      )
    : eachEntry(lldpNeighbors, Port, ["lldpNeighbors"]).flatMap(([port, { lldpNeighborInfo }]) =>
        lldpNeighborInfo.map((each) => [port, lldp(each.systemName, portOf(each))] as const),
      );
  const neighbors = new Map<string, LldpNeighbor>();
  for (const [port, neighbor] of told) {
    if (neighbor && !neighbors.get(port)?.system) neighbors.set(port, neighbor);
  }
  return neighbors;
}

/** A Linux host names its port by MAC address, and says `eth0` in the description. */
function portOf({ neighborInterfaceInfo: info }: z.infer<typeof Detail>): string | undefined {
  return (info?.interfaceIdType === "macAddress" && info.interfaceDescription) || info?.interfaceId;
}

function lldp(system: string | undefined, port: string | undefined): LldpNeighbor | undefined {
  const name = system === undefined ? undefined : wordsOf(system, 256);
  // EOS quotes the port of some neighbors inside the string: "\"Ethernet1\"".
  const portName = port === undefined ? undefined : wordsOf(port.replace(/^"(.*)"$/, "$1"), 256);
  return name || portName ? { ...(name && { system: name }), ...(portName && { port: portName }) } : undefined;
}
