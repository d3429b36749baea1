import { z } from "zod";
import { type AddressBinding, canonicalMac, type MacBinding } from "../../../lib/fabric/attachment.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { keyText } from "../switch/scalars.ts";
import { neededRows, objectIn, rowAs, rowsOf } from "./nxos-rows.ts";
import { longInterfaceName, maybeCount, parseDuration, text } from "./nxos-scalars.ts";

const Adjacency = z.object({
  "ip-addr-out": text.optional(),
  "ipv6-addr": text.optional(),
  mac: text.optional(),
  "intf-out": keyText.optional(),
  interface: keyText.optional(),
  "phy-intf": text.optional(),
  "time-stamp": text.optional(),
});

/**
 * `show ip arp vrf all`, with or without `detail`. Its VRF reads `all`, so that an entry's own is not told. An entry that is not
 * resolved yet binds nothing.
 *
 * @throws ZodError or SyntaxError for anything else.
 */
export function parseArp(answer: unknown): AddressBinding[] {
  return neededRows(answer, "vrf").flatMap((vrf) => {
    const name = typeof vrf["vrf-name-out"] === "string" ? vrf["vrf-name-out"] : "all";
    return rowsOf(vrf, "adj").flatMap((row) => {
      const told = rowAs(Adjacency, row, "TABLE_adj");
      const address = canonicalAddress(told["ip-addr-out"] ?? told["ipv6-addr"] ?? "");
      const macAddress = canonicalMac(told.mac ?? "");
      const port = told["intf-out"] ?? told.interface;
      if (!address || !macAddress || !port) return [];
      const physical = told["phy-intf"] && longInterfaceName(told["phy-intf"]);
      const ageSec = parseDuration(told["time-stamp"])?.seconds;
      return [
        {
          address,
          macAddress,
          interface: longInterfaceName(port),
          ...(physical && physical !== longInterfaceName(port) && { port: physical }),
          ...(name !== "all" && { vrf: name }),
          ...(ageSec !== undefined && { ageSec }),
        },
      ];
    });
  });
}

const Entry = z.object({
  disp_mac_addr: z.string(),
  disp_type: text.optional(),
  disp_vlan: maybeCount,
  disp_port: text.optional(),
});

/** `show mac address-table`. @throws ZodError or SyntaxError for anything else. */
export function parseMacs(answer: unknown): MacBinding[] {
  const holder = objectIn(answer);
  return rowsOf(holder, "mac_address").flatMap((row) => {
    const told = rowAs(Entry, row, "TABLE_mac_address");
    const macAddress = canonicalMac(told.disp_mac_addr);
    if (!macAddress) return [];
    const behind = told.disp_port ?? "";
    const remote = canonicalAddress(/^nve\d+\((.+)\)$/.exec(behind)?.[1] ?? "");
    const own = /\(R\)$/.test(behind) || told.disp_type === "G";
    const port = remote || own ? undefined : behind && longInterfaceName(behind);
    return [
      {
        macAddress,
        ...(told.disp_vlan !== undefined && { vlan: told.disp_vlan }),
        ...(port && { port }),
        ...(remote && { remote }),
        kind: own ? "self" : told.disp_type === "dynamic" ? "dynamic" : "static",
      },
    ];
  });
}
