import { z } from "zod";
import type { Interface, InterfaceTraffic } from "../../../lib/fabric/device.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { eachEntry, fewOf, keyed } from "../switch/each-entry.ts";
import { count, freeText, keyText, seconds, toldAddress } from "../switch/scalars.ts";
import { instant } from "./eos-scalars.ts";

const V4 = z.object({ address: z.string(), maskLen: count });
const Addresses = z.object({
  primaryIp: V4.optional(),
  /** `show ip interface brief` writes this instead. */
  ipAddr: V4.optional(),
  secondaryIpsOrderedList: fewOf(V4).optional(),
  virtualIp: V4.optional(),
});
type Addresses = z.infer<typeof Addresses>;

const Told = z.object({
  interfaceStatus: z.string().optional(),
  lineProtocolStatus: z.string().optional(),
  interfaceAddress: z.union([fewOf(Addresses), Addresses]).optional(),
  interfaceAddressIp6: z
    .object({ globalUnicastIp6s: fewOf(z.object({ address: z.string(), subnet: z.string() })).optional() })
    .optional(),
  mtu: count.optional(),
  bandwidth: count.optional(),
  description: freeText.optional(),
  physicalAddress: z.string().max(40).optional(),
  burnedInAddress: z.string().max(40).optional(),
  vrf: keyText.optional(),
  lastStatusChangeTimestamp: seconds.optional(),
  interfaceCounters: z
    .object({
      totalInErrors: count.optional(),
      totalOutErrors: count.optional(),
      inOctets: count.optional(),
      outOctets: count.optional(),
      inDiscards: count.optional(),
      outDiscards: count.optional(),
      linkStatusChanges: count.optional(),
    })
    .optional(),
  interfaceStatistics: z.object({ inBitsRate: seconds.optional(), outBitsRate: seconds.optional() }).optional(),
});

type Told = z.infer<typeof Told>;

const Answer = z.object({ interfaces: keyed });

export interface Ports {
  readonly interfaces: readonly Interface[];
  /** Of the ports that count what passes: a VLAN or a loopback does not. */
  readonly traffic: readonly InterfaceTraffic[];
}

/**
 * `show interfaces`, and `show ip interface [brief]`, which adds the VRF and leaves out most else.
 *
 * Link-local IPv6 addresses are left out: all ports hold one in the same subnet, so they join nothing.
 *
 * @throws ZodError for anything else.
 */
export function parseInterfaces(answer: unknown, skewMs = 0): Ports {
  const ports = eachEntry(Answer.parse(answer).interfaces, Told, ["interfaces"]);
  const traffic = ports.flatMap(([name, told]) => trafficOf(name, told) ?? []);
  const interfaces = ports.map(([name, told]) => {
    const macAddress = told.physicalAddress || told.burnedInAddress;
    const changedAt = instant(told.lastStatusChangeTimestamp, skewMs);
    const { totalInErrors: inErrors, totalOutErrors: outErrors } = told.interfaceCounters ?? {};
    return {
      name,
      addresses: [...v4Of(told.interfaceAddress), ...v6Of(told.interfaceAddressIp6?.globalUnicastIp6s ?? [])],
      ...(told.interfaceStatus !== undefined && { adminUp: told.interfaceStatus !== "disabled" }),
      ...(told.lineProtocolStatus !== undefined && { operUp: told.lineProtocolStatus === "up" }),
      ...(told.mtu && { mtu: told.mtu }),
      // EOS tells 0 where a port has no rate of its own: a loopback, or a port of a virtual switch.
      ...(told.bandwidth && { speedMbps: told.bandwidth / 1e6 }),
      ...(told.description && { description: told.description }),
      ...(macAddress && { macAddress }),
      ...(told.vrf && { vrf: told.vrf }),
      ...(inErrors !== undefined && { inErrors }),
      ...(outErrors !== undefined && { outErrors }),
      ...(changedAt !== undefined && { changedAt }),
    };
  });
  return { interfaces, traffic };
}

function trafficOf(
  name: string,
  { interfaceCounters: counted, interfaceStatistics: rates }: Told,
): InterfaceTraffic | undefined {
  if (counted?.inOctets === undefined && rates?.inBitsRate === undefined) return undefined;
  const { inOctets, outOctets, inDiscards, outDiscards, linkStatusChanges } = counted ?? {};
  return {
    interface: name,
    ...(inOctets !== undefined && { inOctets }),
    ...(outOctets !== undefined && { outOctets }),
    ...(inDiscards !== undefined && { inDiscards }),
    ...(outDiscards !== undefined && { outDiscards }),
    ...(rates?.inBitsRate !== undefined && { inBitsPerSec: Math.round(rates.inBitsRate) }),
    ...(rates?.outBitsRate !== undefined && { outBitsPerSec: Math.round(rates.outBitsRate) }),
    ...(linkStatusChanges !== undefined && { linkChanges: linkStatusChanges }),
  };
}

function v4Of(told: Addresses | readonly Addresses[] | undefined): string[] {
  const all = told === undefined ? [] : [told].flat();
  return all
    .flatMap(({ primaryIp, ipAddr, secondaryIpsOrderedList = [], virtualIp }) =>
      [primaryIp, ipAddr, ...secondaryIpsOrderedList, virtualIp].map((each) => each && prefixOf(each)),
    )
    .filter((prefix) => prefix !== undefined);
}

function prefixOf({ address, maskLen }: z.infer<typeof V4>): string | undefined {
  const canonical = toldAddress(address);
  return canonical && maskLen <= 32 ? `${canonical}/${maskLen}` : undefined;
}

function v6Of(told: readonly { readonly address: string; readonly subnet: string }[]): string[] {
  return told.flatMap(({ address, subnet }) => {
    const canonical = canonicalAddress(address);
    const length = /\/(\d{1,3})$/.exec(subnet)?.[1];
    return canonical && length !== undefined && Number(length) <= 128 ? [`${canonical}/${length}`] : [];
  });
}
