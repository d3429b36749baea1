import { contains, isLinkLocal, type Prefix, parsePrefix } from "../net/address.ts";
import type { Interface } from "./device.ts";

/** Which device holds which address, and what each device's ports hold. Kept up as interfaces and neighbors are told. */
export class AddressBook {
  readonly #owners = new Map<string, Set<string>>();
  readonly #held = new Map<string, Map<string, readonly string[]>>();
  readonly #all = new Map<string, ReadonlySet<string>>();
  readonly #prefixes = new Map<string, readonly { prefix: Prefix; port: Interface }[]>();

  /** `part` names what told them, so that each teller replaces only its own. Returns the addresses whose owners changed. */
  tell(device: string, part: string, addresses: readonly string[]): readonly string[] {
    const parts = this.#held.get(device) ?? new Map<string, readonly string[]>();
    this.#held.set(device, parts);
    const before = this.addressesOf(device);
    parts.set(part, addresses);
    const after = new Set([...parts.values()].flat());
    this.#all.set(device, after);
    const moved: string[] = [];
    for (const address of after) {
      if (before.has(address)) continue;
      const owners = this.#owners.get(address) ?? new Set();
      this.#owners.set(address, owners.add(device));
      moved.push(address);
    }
    for (const address of before) {
      if (after.has(address)) continue;
      const owners = this.#owners.get(address);
      owners?.delete(device);
      if (owners?.size === 0) this.#owners.delete(address);
      moved.push(address);
    }
    return moved;
  }

  tellPorts(device: string, ports: readonly Interface[]): readonly string[] {
    const prefixes = ports.flatMap((port) =>
      port.addresses.flatMap((text) => {
        const prefix = parsePrefix(text);
        return prefix ? [{ prefix, port }] : [];
      }),
    );
    this.#prefixes.set(device, prefixes);
    const addresses = prefixes.map(({ prefix }) => prefix.address).filter((address) => !isLinkLocal(address));
    return this.tell(device, "ports", addresses);
  }

  ownersOf(address: string): ReadonlySet<string> {
    return this.#owners.get(address) ?? NOBODY;
  }

  addressesOf(device: string): ReadonlySet<string> {
    return this.#all.get(device) ?? NOBODY;
  }

  /** The device's port on the subnet of `address`, the narrowest first. A host route is no subnet. */
  portTowards(device: string, address: string): { port: Interface; localAddress: string } | undefined {
    let best: { port: Interface; localAddress: string; length: number } | undefined;
    for (const { prefix, port } of this.#prefixes.get(device) ?? []) {
      const host = prefix.address.includes(":") ? 128 : 32;
      if (prefix.length === host || prefix.address === address || !contains(prefix, address)) continue;
      if (!best || prefix.length > best.length) best = { port, localAddress: prefix.address, length: prefix.length };
    }
    return best;
  }
}

const NOBODY: ReadonlySet<string> = new Set();
