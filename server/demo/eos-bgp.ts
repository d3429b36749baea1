import { SESSION_STATE_NAME } from "../../lib/bgp/session-state.ts";
import { compareAddresses } from "../../lib/net/address.ts";
import { KEEPALIVE_SEC } from "./effect.ts";
import { type End, isUp, stateAt } from "./end.ts";
import { IDLE_REASON } from "./eos-words.ts";
import type { DeviceState, World } from "./world.ts";

/** `show ip bgp summary vrf all`; the invented fabric routes IPv4 only, and its IPv6 summary has no peers. */
export function bgpSummary(world: World, device: DeviceState, family: "ipv4" | "ipv6"): object {
  const now = world.advance();
  const routes = world.routes();
  const peers = family === "ipv6" ? [] : byAddress(device.ends);
  return inDefaultVrf({
    ...speaker(device),
    peers: Object.fromEntries(
      peers.map((end) => [
        end.port.peerAddress,
        {
          description: end.peer.name,
          version: 4,
          msgReceived: messages(end, now),
          msgSent: messages(end, now) + 1,
          inMsgQueue: 0,
          outMsgQueue: 0,
          asn: String(end.expectedAs),
          prefixAccepted: routes.received(end),
          prefixReceived: routes.received(end),
          upDownTime: end.changedAt / 1000,
          underMaintenance: false,
          ...stateOf(end, now),
        },
      ]),
    ),
  });
}

/** `show bgp summary vrf all` of the multi-agent model: all address families of a peer in one place. */
export function bgpSummaryAllFamilies(world: World, device: DeviceState): object {
  const now = world.advance();
  const routes = world.routes();
  return inDefaultVrf({
    ...speaker(device),
    peers: Object.fromEntries(
      byAddress(device.ends).map((end) => [
        end.port.peerAddress,
        {
          ...stateOf(end, now),
          peerAsn: String(end.expectedAs),
          ipv4Unicast: {
            afiSafiState: isUp(end) ? "negotiated" : "advertised",
            nlrisReceived: routes.received(end),
            nlrisAccepted: routes.received(end),
          },
        },
      ]),
    ),
  });
}

export function byAddress(ends: readonly End[]): End[] {
  return ends.toSorted((a, b) => compareAddresses(a.port.peerAddress, b.port.peerAddress));
}

/** KEEPALIVEs make up nearly all messages of a quiet session. */
export function messages(end: End, now: number): number {
  return isUp(end) ? 12 + Math.floor((now - end.changedAt) / (KEEPALIVE_SEC * 1000)) : 0;
}

export function inDefaultVrf(vrf: object): object {
  return { vrfs: { default: vrf } };
}

function speaker(device: DeviceState): object {
  return { vrf: "default", routerId: device.plan.loopback, asn: String(device.plan.asn) };
}

function stateOf(end: End, now: number): object {
  return {
    peerState: SESSION_STATE_NAME[stateAt(end, now)],
    ...(end.held && { peerStateIdleReason: IDLE_REASON[end.held] }),
  };
}
