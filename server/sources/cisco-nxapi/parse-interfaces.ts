import { z } from "zod";
import { canonicalMac } from "../../../lib/fabric/attachment.ts";
import type { Interface, InterfaceTraffic } from "../../../lib/fabric/device.ts";
import { canonicalAddress, isLinkLocal } from "../../../lib/net/address.ts";
import { keyText } from "../switch/scalars.ts";
import { neededRows, objectIn, type Row, rowAs, rowsOf } from "./nxos-rows.ts";
import { longInterfaceName, maybeCount, text } from "./nxos-scalars.ts";

const Port = z.object({
  interface: keyText,
  state: text.optional(),
  state_rsn_desc: text.optional(),
  admin_state: text.optional(),
  svi_admin_state: text.optional(),
  svi_line_proto: text.optional(),
  desc: text.optional(),
  svi_desc: text.optional(),
  eth_mtu: maybeCount,
  svi_mtu: maybeCount,
  loop_mtu: maybeCount,
  mtu: maybeCount,
  eth_bw: maybeCount,
  svi_bw: maybeCount,
  speed: text.optional(),
  eth_hw_addr: text.optional(),
  svi_mac: text.optional(),
  eth_ip_addr: text.optional(),
  eth_ip_mask: maybeCount,
  svi_ip_addr: text.optional(),
  svi_ip_mask: maybeCount,
  loop_ip_addr: text.optional(),
  loop_ip_mask: maybeCount,
  eth_inerr: maybeCount,
  eth_outerr: maybeCount,
  eth_inbytes: maybeCount,
  eth_outbytes: maybeCount,
  vdc_lvl_in_bytes: maybeCount,
  vdc_lvl_out_bytes: maybeCount,
  eth_indiscard: maybeCount,
  eth_outdiscard: maybeCount,
  eth_inrate1_bits: maybeCount,
  eth_outrate1_bits: maybeCount,
});
type Port = z.infer<typeof Port>;

/**
 * `show interface` and `show interface brief`: every port with its counters, as far as the form tells them.
 *
 * @throws ZodError or SyntaxError for anything else.
 */
export function parseInterfaces(answer: unknown): { interfaces: Interface[]; traffic: InterfaceTraffic[] } {
  const ports = neededRows(answer, "interface").map((row) => rowAs(Port, row, "TABLE_interface"));
  return { interfaces: ports.map(interfaceOf), traffic: ports.flatMap((port) => trafficOf(port) ?? []) };
}

function interfaceOf(port: Port): Interface {
  const admin = (port.svi_admin_state ?? port.admin_state)?.toLowerCase();
  const line = (port.svi_line_proto ?? port.state)?.toLowerCase();
  const shut = /administratively down/i.test(port.state_rsn_desc ?? "");
  const description = port.desc ?? port.svi_desc;
  const mtu = port.eth_mtu ?? port.svi_mtu ?? port.loop_mtu ?? port.mtu;
  const speed = speedMbps(port);
  const macAddress = canonicalMac(port.eth_hw_addr ?? port.svi_mac ?? "");
  const address =
    prefixOf(port.eth_ip_addr, port.eth_ip_mask) ??
    prefixOf(port.svi_ip_addr, port.svi_ip_mask) ??
    prefixOf(port.loop_ip_addr, port.loop_ip_mask);
  return {
    name: longInterfaceName(port.interface),
    addresses: address === undefined ? [] : [address],
    ...(admin !== undefined ? { adminUp: admin === "up" } : shut && { adminUp: false }),
    ...(line !== undefined && { operUp: line === "up" }),
    ...(mtu && { mtu }),
    ...(speed && { speedMbps: speed }),
    ...(description && { description }),
    ...(macAddress && { macAddress }),
    ...(port.eth_inerr !== undefined && { inErrors: port.eth_inerr }),
    ...(port.eth_outerr !== undefined && { outErrors: port.eth_outerr }),
  };
}

/** Bandwidth is told in kbit/s, and stands at a default where a port has none of its own; the brief form tells Mbit/s. */
function speedMbps({ eth_bw, speed }: Port): number | undefined {
  if (eth_bw) return eth_bw / 1000;
  return speed !== undefined && /^\d{1,7}$/.test(speed) ? Number(speed) : undefined;
}

function trafficOf(port: Port): InterfaceTraffic | undefined {
  const inOctets = port.eth_inbytes ?? port.vdc_lvl_in_bytes;
  const outOctets = port.eth_outbytes ?? port.vdc_lvl_out_bytes;
  if (inOctets === undefined && outOctets === undefined) return undefined;
  return {
    interface: longInterfaceName(port.interface),
    ...(inOctets !== undefined && { inOctets }),
    ...(outOctets !== undefined && { outOctets }),
    ...(port.eth_indiscard !== undefined && { inDiscards: port.eth_indiscard }),
    ...(port.eth_outdiscard !== undefined && { outDiscards: port.eth_outdiscard }),
    ...(port.eth_inrate1_bits !== undefined && { inBitsPerSec: port.eth_inrate1_bits }),
    ...(port.eth_outrate1_bits !== undefined && { outBitsPerSec: port.eth_outrate1_bits }),
  };
}

const Routed = z.object({
  "intf-name": keyText,
  "vrf-name-out": keyText.optional(),
  "admin-state": text.optional(),
  "proto-state": text.optional(),
  prefix: text.optional(),
  masklen: maybeCount,
  addr: text.optional(),
  "ipv6-subnet": text.optional(),
  mtu: maybeCount,
});
const Secondary = z.object({ prefix1: text.optional(), masklen1: maybeCount });

/**
 * `show ip interface vrf all` and `show ipv6 interface vrf all`: addresses and VRF. Where the VRFs stand in a table beside
 * that of the ports, it cannot be told whose is which, and they are left out. Link-local addresses join nothing, and are too.
 *
 * @throws ZodError or SyntaxError for anything else.
 */
export function parseRouted(answer: unknown): Interface[] {
  const holder = objectIn(answer);
  if (Object.keys(holder).length === 0) return [];
  return neededRows(holder, "intf").map((row) => {
    const told = rowAs(Routed, row, "TABLE_intf");
    const vrf = told["vrf-name-out"];
    const admin = told["admin-state"]?.toLowerCase();
    const line = told["proto-state"]?.toLowerCase();
    return {
      name: longInterfaceName(told["intf-name"]),
      addresses: addressesOf(told, row),
      ...(admin !== undefined && { adminUp: admin === "up" }),
      ...(line !== undefined && { operUp: line === "up" }),
      ...(told.mtu && { mtu: told.mtu }),
      ...(vrf && { vrf }),
    };
  });
}

function addressesOf(told: z.infer<typeof Routed>, row: Row): string[] {
  const length = /\/(\d{1,3})$/.exec(told.addr ?? "")?.[1] ?? /\/(\d{1,3})$/.exec(told["ipv6-subnet"] ?? "")?.[1];
  const v6 = told.addr?.split("/")[0];
  return [
    prefixOf(told.prefix, told.masklen),
    prefixOf(v6, length === undefined ? undefined : Number(length)),
    ...rowsOf(row, "secondary_address").map((each) => {
      const second = rowAs(Secondary, each, "TABLE_secondary_address");
      return prefixOf(second.prefix1, second.masklen1);
    }),
  ].filter((address) => address !== undefined);
}

function prefixOf(told: string | undefined, length: number | undefined): string | undefined {
  const address = told === undefined ? undefined : canonicalAddress(told);
  if (!address || length === undefined || isLinkLocal(address)) return undefined;
  return length <= (address.includes(":") ? 128 : 32) ? `${address}/${length}` : undefined;
}
