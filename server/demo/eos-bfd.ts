import { hasBfd } from "./effect.ts";
import { byAddress, inDefaultVrf } from "./eos-bgp.ts";
import { lightAt, pathWorks } from "./light.ts";
import type { DeviceState, World } from "./world.ts";

const INTERVAL_MICROSEC = 300_000;
const MULTIPLIER = 3;

/** `show bfd peers`, with `detail` the timers too. A session that BGP gave up on purpose is not in the list. */
export function bfdPeers(world: World, device: DeviceState, detail: boolean): object {
  const now = world.advance();
  const neighbors = byAddress(device.ends).flatMap((end) => {
    const session = world.sessions[end.port.link];
    if (!session || !hasBfd(end) || end.held === "admin") return [];
    const peerAlive = !world.devices.get(end.peer.name)?.faults.has("kill");
    const up = pathWorks(session) && peerAlive && lightAt(session, end) === "up";
    const changedAt = session.pathChangedAt / 1000;
    const stats = {
      status: up ? "up" : "down",
      remoteDisc: up ? 100_000 + end.port.link : 0,
      ...(up ? { lastUp: changedAt, lastDown: 0 } : { lastUp: 0, lastDown: changedAt }),
      lastDiag: up ? "diagNone" : "diagCtrlTimeout",
      l3intf: end.port.name,
      ...(detail && {
        peerStatsDetail: {
          role: "active",
          apps: ["bgp"],
          operTxInterval: INTERVAL_MICROSEC,
          operRxInterval: INTERVAL_MICROSEC,
          detectMult: MULTIPLIER,
          detectTime: INTERVAL_MICROSEC * MULTIPLIER,
          lastDownReason: up ? "none" : "controlTimeout",
        },
      }),
    };
    return [[end.port.peerAddress, { peerStats: { [end.port.name]: stats } }] as const];
  });
  return { ...inDefaultVrf({ ipv4Neighbors: Object.fromEntries(neighbors), ipv6Neighbors: {} }), utcTime: now / 1000 };
}
