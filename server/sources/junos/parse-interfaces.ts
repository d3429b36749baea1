import { canonicalMac } from "../../../lib/fabric/attachment.ts";
import type { Interface, InterfaceTraffic } from "../../../lib/fabric/device.ts";
import { canonicalAddress, isLinkLocal } from "../../../lib/net/address.ts";
import { wordsOf } from "../switch/scalars.ts";
import { child, childrenOf, countOf, type Element, neededNamed, secondsOf, textOf } from "./element.ts";

export interface Ports {
  readonly interfaces: readonly Interface[];
  readonly traffic: readonly InterfaceTraffic[];
}

/**
 * `get-interface-information`: physical ports with their counters, then their units, which hold the addresses. Link-local
 * addresses join nothing, and are left out.
 *
 * @throws SyntaxError for anything else.
 */
export function parseInterfaces(reply: Element, observedAt?: number): Ports {
  const all = neededNamed(reply, "interface-information");
  const physical = all.flatMap((one) => childrenOf(one, "physical-interface"));
  const bare = all.flatMap((one) => childrenOf(one, "logical-interface"));
  const interfaces: Interface[] = [];
  const traffic: InterfaceTraffic[] = [];
  for (const port of physical) {
    interfaces.push(portOf(port, observedAt));
    const moved = trafficOf(port);
    if (moved) traffic.push(moved);
    for (const unit of childrenOf(port, "logical-interface")) interfaces.push(unitOf(unit, port));
  }
  return { interfaces: [...interfaces, ...bare.map((unit) => unitOf(unit, undefined))], traffic };
}

function portOf(port: Element, observedAt: number | undefined): Interface {
  const description = wordsOf(textOf(port, "description") ?? "", 1_000);
  const macAddress = canonicalMac(textOf(port, "current-physical-address") ?? "");
  const mtu = countOf(port, "mtu");
  const speedMbps = speedOf(textOf(port, "speed"));
  const flapped = secondsOf(port, "interface-flapped");
  const inErrors = countOf(child(port, "input-error-list"), "input-errors") ?? countOf(port, "input-error-count");
  const outErrors = countOf(child(port, "output-error-list"), "output-errors") ?? countOf(port, "output-error-count");
  return {
    name: nameOf(port),
    addresses: [],
    ...upOf(port),
    ...(mtu && { mtu }),
    ...(speedMbps && { speedMbps }),
    ...(description && { description }),
    ...(macAddress && { macAddress }),
    ...(inErrors !== undefined && { inErrors }),
    ...(outErrors !== undefined && { outErrors }),
    ...(flapped && observedAt !== undefined && { changedAt: Math.round(observedAt / 1000 - flapped) * 1000 }),
  };
}

/** A unit is up where its port is, unless it says otherwise. */
function unitOf(unit: Element, port: Element | undefined): Interface {
  const description = wordsOf(textOf(unit, "description") ?? "", 1_000);
  const own = upOf(unit);
  return {
    name: nameOf(unit),
    addresses: childrenOf(unit, "address-family").flatMap(addressesIn),
    ...(port && upOf(port)),
    ...own,
    ...(description && { description }),
  };
}

function nameOf(element: Element): string {
  const name = wordsOf(textOf(element, "name") ?? "", 256);
  if (!name) throw new SyntaxError(`a <${element.name}> without <name>`);
  return name;
}

function upOf(element: Element): { adminUp?: boolean; operUp?: boolean } {
  const admin = textOf(element, "admin-status");
  const oper = textOf(element, "oper-status");
  return { ...(admin && { adminUp: admin === "up" }), ...(oper && { operUp: oper === "up" }) };
}

function addressesIn(family: Element): readonly string[] {
  return childrenOf(family, "interface-address").flatMap((each) => {
    const [local = "", length] = (textOf(each, "ifa-local") ?? "").split("/");
    const address = canonicalAddress(local);
    if (!address || isLinkLocal(address)) return [];
    const net = /\/(\d{1,3})$/.exec(textOf(each, "ifa-destination") ?? "")?.[1];
    const most = address.includes(":") ? 128 : 32;
    const bits = Number(length ?? net ?? most);
    return bits <= most ? [`${address}/${bits}`] : [];
  });
}

/** `10Gbps`, `1000mbps`, `Unlimited`, `Auto`. */
function speedOf(told: string | undefined): number | undefined {
  const [, figure, unit = ""] = /^(\d{1,7})\s*(g|m)bps$/i.exec(told ?? "") ?? [];
  return figure === undefined ? undefined : Number(figure) * (unit.toLowerCase() === "g" ? 1000 : 1);
}

function trafficOf(port: Element): InterfaceTraffic | undefined {
  const told = child(port, "traffic-statistics");
  const inOctets = countOf(told, "input-bytes");
  const outOctets = countOf(told, "output-bytes");
  const inBitsPerSec = countOf(told, "input-bps");
  const outBitsPerSec = countOf(told, "output-bps");
  const transitions = countOf(child(port, "output-error-list"), "carrier-transitions");
  if ([inOctets, outOctets, inBitsPerSec, outBitsPerSec].every((figure) => figure === undefined)) return undefined;
  const inDiscards = countOf(child(port, "input-error-list"), "input-drops");
  const outDiscards = countOf(child(port, "output-error-list"), "output-drops");
  return {
    interface: nameOf(port),
    ...(inOctets !== undefined && { inOctets }),
    ...(outOctets !== undefined && { outOctets }),
    ...(inDiscards !== undefined && { inDiscards }),
    ...(outDiscards !== undefined && { outDiscards }),
    ...(inBitsPerSec !== undefined && { inBitsPerSec }),
    ...(outBitsPerSec !== undefined && { outBitsPerSec }),
    ...(transitions !== undefined && { linkChanges: transitions }),
  };
}
