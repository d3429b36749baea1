import { z } from "zod";
import type { Interface } from "../../../lib/fabric/device.ts";
import { parsePrefix } from "../../../lib/net/address.ts";
import { deviceText, MAX_DESCRIPTION, MAX_WORDS } from "./device-text.ts";
import { jsonAnswer, membersOf, parseAt } from "./json-answer.ts";

const UpDown = z.enum(["up", "down"]).transform((word) => word === "up");

const Port = z.object({
  administrativeStatus: UpDown.optional(),
  operationalStatus: UpDown.optional(), // not printed for a port that is administratively down
  vrfName: z.string().max(200).optional(),
  description: z.string().optional(),
  OsDescription: z.string().optional(), // of the kernel (`ip link set alias`)
  mtu: z.number().nonnegative().optional(),
  speed: z.number().nonnegative().optional(), // Mbit/s; 0 for a port that has none
  hardwareAddress: z.string().max(200).optional(),
  ipAddresses: z.array(z.object({ address: z.string().max(200) })).optional(),
});

/**
 * `show interface [vrf all] json`.
 *
 * `lastLinkUp` and `lastLinkDown` are in the device's own time zone, which it does not tell: not used.
 */
export function parseInterfaces(text: string): Interface[] {
  return membersOf(jsonAnswer(text)).map(([name, raw]) => {
    const port = parseAt(Port, raw, name);
    const operUp = port.operationalStatus ?? (port.administrativeStatus === false ? false : undefined);
    const description = port.description ?? port.OsDescription;
    return {
      name: deviceText(name, MAX_WORDS),
      addresses: (port.ipAddresses ?? []).flatMap(({ address }) => {
        const prefix = parsePrefix(address);
        return prefix ? [`${prefix.address}/${prefix.length}`] : [];
      }),
      ...(port.administrativeStatus !== undefined && { adminUp: port.administrativeStatus }),
      ...(operUp !== undefined && { operUp }),
      ...(port.mtu !== undefined && { mtu: port.mtu }),
      ...(port.speed !== undefined && port.speed > 0 && port.speed < 4_294_967_295 && { speedMbps: port.speed }),
      ...(description !== undefined && { description: deviceText(description, MAX_DESCRIPTION) }),
      ...(port.hardwareAddress !== undefined && { macAddress: deviceText(port.hardwareAddress, MAX_WORDS) }),
      ...(port.vrfName !== undefined && { vrf: deviceText(port.vrfName, MAX_WORDS) }),
    };
  });
}
