import { portsOf } from "./eos-interfaces.ts";
import type { DeviceState, World } from "./world.ts";

const VERSION = "4.31.2F";
const MODEL = { spine: "DCS-7280CR3-32P4-F", leaf: "DCS-7050SX3-48YC8-F", node: "" };
const LLDP_TTL_SEC = 120;

/** `show version`; memory in kB. */
export function version(world: World, device: DeviceState): object {
  const now = world.advance();
  return {
    mfgName: "Arista",
    modelName: MODEL[device.plan.role],
    hardwareRevision: "11.02",
    serialNumber: device.plan.serial,
    systemMacAddress: device.plan.mac,
    hwMacAddress: device.plan.mac,
    configMacAddress: "00:00:00:00:00:00",
    version: VERSION,
    architecture: "x86_64",
    internalVersion: `${VERSION}-35442176.4312F`,
    internalBuildId: "5b5d1b4c-5a7f-4f0e-9d6a-2f6d0f2d7c11",
    imageFormatVersion: "3.0",
    imageOptimization: "Strata-4GB",
    bootupTimestamp: device.startedAt / 1000,
    uptime: (now - device.startedAt) / 1000,
    memTotal: 8_098_984,
    memFree: 5_812_404,
    isIntlVersion: false,
  };
}

export function hostname(device: DeviceState): object {
  return { hostname: device.plan.name, fqdn: `${device.plan.name}.demo.example` };
}

/** `show lldp neighbors`: a dark port has no neighbor. */
export function lldpNeighbors(world: World, device: DeviceState): object {
  return {
    tablesLastChangeTime: device.startedAt / 1000,
    tablesAgeOuts: 0,
    tablesInserts: device.ends.length,
    tablesDeletes: 0,
    tablesDrops: 0,
    lldpNeighbors: portsOf(world, device)
      .filter(({ light }) => light === "up")
      .map(({ port, towards }) => ({
        port: port.name,
        neighborDevice: towards.name,
        neighborPort: towards.port,
        ttl: LLDP_TTL_SEC,
      })),
  };
}

/** `show lldp neighbors detail`: every port is listed, and `interfaceId` has its quotes inside the string. */
export function lldpNeighborsDetail(world: World, device: DeviceState): object {
  const entries = portsOf(world, device).map(({ port, light, towards }) => [
    port.name,
    {
      lldpNeighborInfo:
        light !== "up"
          ? []
          : [
              {
                chassisIdType: "macAddress",
                chassisId: dottedMac(towards.mac),
                systemName: towards.name,
                ttl: LLDP_TTL_SEC,
                systemCapabilities: { bridge: !towards.isNode, router: true },
                neighborInterfaceInfo: {
                  interfaceIdType: "interfaceName",
                  interfaceId: `"${towards.port}"`,
                  interfaceId_v2: towards.port,
                },
              },
            ],
    },
  ]);
  return { lldpNeighbors: Object.fromEntries(entries) };
}

/** `show ip route summary`. */
export function routeSummary(world: World, device: DeviceState): object {
  const connected = device.ends.length + 1;
  const bgp = world.routes().table(device.plan.name) - 1;
  return {
    protoModelStatus: { configuredProtoModel: "multi-agent", operatingProtoModel: "multi-agent" },
    vrfs: {
      default: {
        connected,
        static: 0,
        bgpCounts: { bgpTotal: bgp, bgpExternal: bgp, bgpInternal: 0, bgpLocal: 0 },
        totalRoutes: connected + bgp,
        maskLen: { "31": device.ends.length },
      },
    },
  };
}

function dottedMac(mac: string): string {
  return (mac.replaceAll(":", "").match(/.{4}/g) ?? []).join(".");
}
