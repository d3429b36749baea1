import { z } from "zod";
import { type AddressBinding, canonicalMac, type MacBinding } from "../../../lib/fabric/attachment.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { eachEntry, keyed } from "../switch/each-entry.ts";
import { count, keyText, seconds } from "../switch/scalars.ts";

const Neighbor = z.object({
  hwAddress: z.string(),
  address: z.string(),
  interface: keyText,
  age: seconds.optional(),
});
const Arp = z.object({ ipV4Neighbors: z.array(z.unknown()) });
const Vrfs = z.union([z.object({ vrfs: keyed }), Arp.transform((arp) => ({ vrfs: { default: arp } }))]);

/** `show arp vrf all`; `Vlan10, Port-Channel3` names the port behind a VLAN. A static entry has no age. @throws ZodError. */
export function parseArp(answer: unknown): AddressBinding[] {
  return eachEntry(Vrfs.parse(answer).vrfs, Arp, ["vrfs"]).flatMap(([vrf, { ipV4Neighbors }]) =>
    eachEntry(ipV4Neighbors, Neighbor, ["vrfs", vrf, "ipV4Neighbors"]).flatMap(([, told]) => {
      const address = canonicalAddress(told.address);
      const macAddress = canonicalMac(told.hwAddress);
      const [port = "", behind] = told.interface.split(/,\s*/);
      if (!address || !macAddress || !port) return [];
      return [
        {
          address,
          macAddress,
          interface: port,
          ...(behind && { port: behind }),
          vrf,
          ...(told.age === undefined ? { static: true } : { ageSec: Math.round(told.age) }),
        },
      ];
    }),
  );
}

const Entry = z.object({
  macAddress: z.string(),
  interface: keyText.optional(),
  entryType: z.string().optional(),
  vlanId: count.optional(),
});
const Macs = z.object({ unicastTable: z.object({ tableEntries: z.array(z.unknown()) }) });

/** `show mac address-table`; what lies behind a VXLAN tunnel has no port here. @throws ZodError. */
export function parseMacs(answer: unknown): MacBinding[] {
  const { tableEntries } = Macs.parse(answer).unicastTable;
  return eachEntry(tableEntries, Entry, ["unicastTable", "tableEntries"]).flatMap(([, told]) => {
    const macAddress = canonicalMac(told.macAddress);
    if (!macAddress) return [];
    const port = told.interface && !/^(Vxlan|Router|Cpu)/i.test(told.interface) ? told.interface : undefined;
    const own = /^(Router|Cpu)/i.test(told.interface ?? "");
    return [
      {
        macAddress,
        ...(told.vlanId !== undefined && { vlan: told.vlanId }),
        ...(port && { port }),
        kind: own ? "self" : told.entryType === "dynamic" ? "dynamic" : "static",
      },
    ];
  });
}
