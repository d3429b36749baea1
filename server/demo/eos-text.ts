import { SESSION_STATE_NAME } from "../../lib/bgp/session-state.ts";
import { HOLD_SEC, KEEPALIVE_SEC } from "./effect.ts";
import { isUp, stateAt } from "./end.ts";
import { byAddress, messages } from "./eos-bgp.ts";
import { IDLE_REASON } from "./eos-words.ts";
import type { DeviceState, World } from "./world.ts";

/** `show ip bgp summary vrf all` as people read it. */
export function summaryText(world: World, device: DeviceState): string {
  const now = world.advance();
  const routes = world.routes();
  const rows = byAddress(device.ends).map((end) => {
    const state = SESSION_STATE_NAME[stateAt(end, now)];
    const word = isUp(end) ? "Estab" : end.held ? `${state}(${IDLE_REASON[end.held]})` : state;
    const count = (value: number) => (isUp(end) ? String(value).padEnd(6) : "");
    const sent = String(messages(end, now));
    const cells = [
      end.port.peerAddress.padEnd(16),
      "4",
      String(end.expectedAs).padEnd(11),
      sent.padStart(9),
      sent.padStart(9),
      "   0    0",
    ];
    return `  ${cells.join(" ")} ${upDown(now - end.changedAt).padStart(8)} ${word.padEnd(6)} ${count(routes.received(end))} ${count(routes.received(end))}`.trimEnd();
  });
  return [
    "BGP summary information for VRF default",
    `Router identifier ${device.plan.loopback}, local AS number ${device.plan.asn}`,
    "Neighbor Status Codes: m - Under maintenance",
    "  Neighbor         V AS            MsgRcvd   MsgSent  InQ OutQ  Up/Down State  PfxRcd PfxAcc",
    ...rows,
    "",
  ].join("\n");
}

/** `show ip bgp neighbors vrf all` as people read it: the lines that say how a neighbor is. */
export function neighborsText(world: World, device: DeviceState): string {
  const now = world.advance();
  const routes = world.routes();
  return byAddress(device.ends)
    .map((end) => {
      const up = isUp(end);
      const state = SESSION_STATE_NAME[stateAt(end, now)];
      return [
        `BGP neighbor is ${end.port.peerAddress}, remote AS ${end.expectedAs}, external link`,
        `  Description: ${end.peer.name}`,
        `  BGP version 4, remote router ID ${up ? end.peer.loopback : "0.0.0.0"}, VRF default`,
        `  Hold time is ${up ? HOLD_SEC : 0}, keepalive interval is ${up ? KEEPALIVE_SEC : 0} seconds`,
        `  Configured hold time is ${HOLD_SEC}, keepalive interval is ${KEEPALIVE_SEC} seconds`,
        up ? `  BGP state is Established, up for ${upDown(now - end.changedAt)}` : `  BGP state is ${state}`,
        `  Number of transitions to established: ${end.timesUp}`,
        "  Prefix Statistics:",
        "                                   Sent      Rcvd",
        `    IPv4 Unicast:              ${String(routes.advertised(end)).padStart(8)}  ${String(routes.received(end)).padStart(8)}`,
        `Local AS is ${end.device.asn}, local router ID ${end.device.loopback}`,
        `Local TCP address is ${end.port.address}, local port is ${up ? 179 : 0}`,
        "",
      ].join("\n");
    })
    .join("\n");
}

export function versionText(told: Readonly<Record<string, unknown>>): string {
  return [
    `Arista ${told.modelName}`,
    `Hardware version:    ${told.hardwareRevision}`,
    `Serial number:       ${told.serialNumber}`,
    `System MAC address:  ${told.systemMacAddress}`,
    "",
    `Software image version: ${told.version}`,
    `Architecture:           ${told.architecture}`,
    `Internal build version: ${told.internalVersion}`,
    `Internal build ID:      ${told.internalBuildId}`,
    "",
    `Uptime:                 ${Math.floor(Number(told.uptime) / 60)} minutes`,
    `Total memory:           ${told.memTotal} kB`,
    `Free memory:            ${told.memFree} kB`,
    "",
  ].join("\n");
}

/** `00:04:31`, `3d07h`: how EOS writes a time span. */
function upDown(ms: number): string {
  const sec = Math.floor(ms / 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  if (sec >= 86_400) return `${Math.floor(sec / 86_400)}d${two((sec % 86_400) / 3600)}h`;
  return `${two(sec / 3600)}:${two((sec % 3600) / 60)}:${two(sec % 60)}`;
}
