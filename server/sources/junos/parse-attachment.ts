import { type AddressBinding, canonicalMac, type MacBinding } from "../../../lib/fabric/attachment.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { allNamed, childrenOf, countOf, type Element, neededNamed, textOf } from "./element.ts";

/** `get-arp-table-information`; `irb.10 [xe-0/0/2.0]` names the port behind a VLAN as well. @throws SyntaxError. */
export function parseArp(reply: Element): AddressBinding[] {
  return neededNamed(reply, "arp-table-information")
    .flatMap((all) => childrenOf(all, "arp-table-entry"))
    .flatMap((entry) => {
      const address = canonicalAddress(textOf(entry, "ip-address") ?? "");
      const macAddress = canonicalMac(textOf(entry, "mac-address") ?? "");
      const [, port, behind] = /^(\S+)(?:\s+\[(\S+)\])?$/.exec(textOf(entry, "interface-name") ?? "") ?? [];
      if (!address || !macAddress || !port) return [];
      return [{ address, macAddress, interface: port, ...(behind && { port: behind }) }];
    });
}

/**
 * The MAC table: of ELS switches (`l2ng-l2ald-rtb-macdb`), of older EX (`ethernet-switching-table-information`), of MX
 * (`l2ald-rtb-macdb`).
 *
 * @throws SyntaxError for anything else.
 */
export function parseMacs(reply: Element): MacBinding[] {
  const els = allNamed(reply, "l2ng-l2ald-rtb-macdb");
  const old = allNamed(reply, "ethernet-switching-table-information");
  const mx = allNamed(reply, "l2ald-rtb-macdb");
  if (els.length + old.length + mx.length === 0) throw new SyntaxError("no MAC table that we know in it");
  return [
    ...els
      .flatMap((all) => childrenOf(all, "l2ng-l2ald-mac-entry-vlan"))
      .flatMap((entry) => {
        const vlan = countOf(entry, "l2ng-l2-vlan-id");
        const inside = childrenOf(entry, "l2ng-mac-entry");
        return (inside.length > 0 ? inside : [entry]).flatMap((one) =>
          binding(
            textOf(one, "l2ng-l2-mac-address"),
            vlan,
            textOf(one, "l2ng-l2-mac-logical-interface"),
            /^\d*S|static/i.test(textOf(one, "l2ng-l2-mac-flags") ?? ""),
          ),
        );
      }),
    ...old
      .flatMap((all) => childrenOf(all, "ethernet-switching-table"))
      .flatMap((table) => childrenOf(table, "mac-table-entry"))
      .flatMap((entry) =>
        binding(
          textOf(entry, "mac-address"),
          countOf(entry, "mac-vlan-tag"),
          textOf(entry, "mac-interface"),
          /static/i.test(textOf(entry, "mac-type") ?? ""),
        ),
      ),
    ...mx
      .flatMap((all) => childrenOf(all, "l2ald-mac-entry"))
      .flatMap((entry) =>
        childrenOf(entry, "l2-mac-entry").flatMap((one) =>
          binding(
            textOf(one, "l2-mac-address"),
            countOf(entry, "l2-bridge-vlan"),
            textOf(one, "l2-mac-logical-interface"),
            /\bS/.test(textOf(one, "l2-mac-flags") ?? ""),
          ),
        ),
      ),
  ];
}

function binding(
  mac: string | undefined,
  vlan: number | undefined,
  told: string | undefined,
  fixed: boolean,
): MacBinding[] {
  const macAddress = canonicalMac(mac ?? "");
  if (!macAddress) return []; // `*` floods
  // A tunnel end that is not named says only that the address is elsewhere.
  const own = told === "Router" || told === "All-members" || /^vtep\./.test(told ?? "");
  const remote = canonicalAddress(/^vtep\.\d+ \((.+)\)$/.exec(told ?? "")?.[1] ?? "");
  const kind = told === "Router" ? "self" : fixed ? "static" : "dynamic";
  return [
    {
      macAddress,
      ...(vlan !== undefined && { vlan }),
      ...(told && !own && !remote && { port: told }),
      ...(remote && { remote }),
      kind,
    },
  ];
}
