import { type Light, lightAt } from "./light.ts";
import type { PlannedPort } from "./plan.ts";
import type { DeviceState, World } from "./world.ts";

interface PortView {
  readonly port: PlannedPort;
  readonly light: Light;
  readonly changedAt: number;
  readonly towards: { readonly name: string; readonly port: string; readonly mac: string; readonly isNode: boolean };
}

const STATUS: Record<Light, { interfaceStatus: string; lineProtocolStatus: string }> = {
  up: { interfaceStatus: "connected", lineProtocolStatus: "up" },
  dark: { interfaceStatus: "notconnect", lineProtocolStatus: "down" },
  shut: { interfaceStatus: "disabled", lineProtocolStatus: "down" },
};

export function portsOf(world: World, device: DeviceState): PortView[] {
  world.advance();
  return device.ends.flatMap((end) => {
    const session = world.sessions[end.port.link];
    const far = session?.ends[end.port.side === 0 ? 1 : 0];
    if (!session || !far) return [];
    const towards = {
      name: far.device.name,
      port: far.port.name,
      mac: far.port.mac,
      isNode: far.device.role === "node",
    };
    return { port: end.port, light: lightAt(session, end), changedAt: session.lightChangedAt, towards };
  });
}

/** `show interfaces`. */
export function interfaces(world: World, device: DeviceState): object {
  const now = world.advance();
  const ethernet = portsOf(world, device).map(({ port, light, changedAt, towards }) => [
    port.name,
    {
      lastStatusChangeTimestamp: changedAt / 1000,
      lanes: towards.isNode ? 1 : 4,
      name: port.name,
      ...STATUS[light],
      autoNegotiate: "off",
      burnedInAddress: port.mac,
      loopbackMode: "loopbackNone",
      interfaceStatistics: {
        inBitsRate: light === "up" ? 181_403.4 : 0,
        outBitsRate: light === "up" ? 176_249.7 : 0,
        inPktsRate: 0,
        outPktsRate: 0,
        updateInterval: 300,
      },
      mtu: 9_214,
      hardware: "ethernet",
      duplex: "duplexFull",
      bandwidth: towards.isNode ? 25_000_000_000 : 100_000_000_000,
      forwardingModel: "routed",
      l3MtuConfigured: true,
      interfaceCounters: counters(light === "up" ? now - changedAt : 0),
      interfaceAddress: [addressBlock(port.address, 31)],
      physicalAddress: port.mac,
      description: `${towards.name} ${towards.port}`,
    },
  ]);
  const loopback = {
    lastStatusChangeTimestamp: device.startedAt / 1000,
    name: "Loopback0",
    ...STATUS.up,
    mtu: 65_535,
    hardware: "loopback",
    bandwidth: 0,
    forwardingModel: "routed",
    l3MtuConfigured: false,
    interfaceAddress: [addressBlock(device.plan.loopback, 32)],
    description: "router id",
  };
  return { interfaces: Object.fromEntries([...ethernet, ["Loopback0", loopback]]) };
}

/** `show ip interface`. */
export function ipInterfaces(world: World, device: DeviceState): object {
  return perAddress(world, device, (address, maskLen) => ({
    interfaceAddress: addressBlock(address, maskLen),
    vrf: "default",
    urpf: "disable",
  }));
}

/** `show ip interface brief`. */
export function ipInterfacesBrief(world: World, device: DeviceState): object {
  return perAddress(world, device, (address, maskLen) => ({ interfaceAddress: { ipAddr: { address, maskLen } } }));
}

function perAddress(world: World, device: DeviceState, told: (address: string, maskLen: number) => object): object {
  const ethernet = portsOf(world, device).map(({ port, light, towards }) => [
    port.name,
    {
      name: port.name,
      description: `${towards.name} ${towards.port}`,
      ...STATUS[light],
      enabled: light !== "shut",
      mtu: 9_214,
      ...told(port.address, 31),
    },
  ]);
  const loopback = {
    name: "Loopback0",
    description: "router id",
    ...STATUS.up,
    enabled: true,
    mtu: 65_535,
    ...told(device.plan.loopback, 32),
  };
  return { interfaces: Object.fromEntries([...ethernet, ["Loopback0", loopback]]) };
}

function addressBlock(address: string, maskLen: number): object {
  return {
    secondaryIpsOrderedList: [],
    broadcastAddress: "255.255.255.255",
    secondaryIps: {},
    primaryIp: { maskLen, address },
    virtualIp: { maskLen: 0, address: "0.0.0.0" },
  };
}

/** A quiet port: about 22 kB/s since it came up. */
function counters(upMs: number): object {
  const seconds = Math.max(0, Math.floor(upMs / 1000));
  return {
    inOctets: seconds * 22_671,
    outOctets: seconds * 22_031,
    inUcastPkts: seconds * 31,
    outUcastPkts: seconds * 30,
    totalInErrors: 0,
    totalOutErrors: 0,
    inDiscards: 0,
    outDiscards: 0,
    linkStatusChanges: 2,
  };
}
