import { SESSION_STATE_NAME } from "../../lib/bgp/session-state.ts";
import { HOLD_SEC, KEEPALIVE_SEC } from "./effect.ts";
import { type End, isUp, type Remembered, stateAt } from "./end.ts";
import { byAddress, inDefaultVrf, messages } from "./eos-bgp.ts";
import { eosNotification, IDLE_SENTENCE } from "./eos-words.ts";
import type { Routes } from "./routes.ts";
import type { DeviceState, World } from "./world.ts";

/** A leaf takes so many prefixes from a node, and closes the session above. Spine sessions have EOS's default. */
export const NODE_LIMIT = { max: 100, warn: 80 };
const DEFAULT_LIMIT = { max: 256_000, warn: 204_800 };
const CONNECT_RETRY_SEC = 30;

/** `show bgp neighbors vrf all`, and in the old model `show ip bgp neighbors vrf all`: the same peerList. */
export function bgpNeighbors(world: World, device: DeviceState): object {
  const now = world.advance();
  const routes = world.routes();
  return inDefaultVrf({ peerList: byAddress(device.ends).map((end) => peer(end, routes, now)) });
}

function peer(end: End, routes: Routes, now: number): object {
  const up = isUp(end);
  const limit = end.device.role === "leaf" && end.peer.role === "node" ? NODE_LIMIT : DEFAULT_LIMIT;
  return {
    peerAddress: end.port.peerAddress,
    asn: String(end.expectedAs),
    description: end.peer.name,
    peerGroupName: end.peer.role === "node" ? "NODES" : end.peer.role === "spine" ? "SPINES" : "LEAVES",
    linkType: "external",
    md5AuthEnabled: end.peer.role === "node",
    routerId: up ? end.peer.loopback : "0.0.0.0",
    vrf: "default",
    version: 4,
    negotiatedVersion: 4,
    updateGroupIndex: up ? 1 : -1,
    lastRcvd: sinceKeepaliveSec(end, now),
    lastSent: sinceKeepaliveSec(end, now),
    holdTime: up ? HOLD_SEC : 0,
    keepaliveTime: up ? KEEPALIVE_SEC : 0,
    configHoldTime: HOLD_SEC,
    configKeepaliveTime: KEEPALIVE_SEC,
    minHoldTime: 3,
    configMinHoldTime: 3,
    ...(up ? { holdTimeLeft: HOLD_SEC - sinceKeepaliveSec(end, now), keepaliveTimeLeft: 0 } : connecting(end, now)),
    state: SESSION_STATE_NAME[stateAt(end, now)],
    ...(up && { establishedTime: Math.floor((now - end.changedAt) / 1000) }),
    ...(!up && reason(end)),
    establishedTransitions: end.timesUp,
    lastState: up ? "OpenConfirm" : end.timesUp > 0 && now - end.changedAt < 60_000 ? "Established" : "Active",
    lastEvent: up ? "RecvKeepAlive" : end.held ? "Stop" : "Start",
    ...notice("lastError", end.sent, now),
    ...notice("lastErrorRcvd", end.received, now),
    ...socketError(end.socket, now),
    neighborCapabilities: capabilities(up),
    endOfRibs: up
      ? {
          incoming: {
            ipv4Unicast: { status: "received", eorReceivedTime: end.changedAt / 1000 + 1.1, stalePathsDeleted: 0 },
          },
        }
      : { incoming: {} },
    outMessageStats: {
      opens: end.timesUp,
      notifications: end.sent ? 1 : 0,
      updates: up ? 11 : 0,
      keepalives: messages(end, now),
      rtRefreshes: 0,
    },
    inMessageStats: {
      opens: end.timesUp,
      notifications: end.received ? 1 : 0,
      updates: up ? 11 : 0,
      keepalives: messages(end, now),
      rtRefreshes: 0,
    },
    sentMessages: messages(end, now) + 1,
    receivedMessages: messages(end, now),
    prefixesSent: routes.advertised(end),
    prefixesReceived: routes.received(end),
    v4BestPaths: routes.best(end),
    v4BestEcmpPaths: 0,
    v6PrefixesSent: 0,
    v6PrefixesReceived: 0,
    v6BestPaths: 0,
    v6BestEcmpPaths: 0,
    totalRoutesWarnLimit: limit.warn,
    maxTotalRoutes: limit.max,
    dropStats: {
      inDropAsloop: 0,
      inDropClusterIdLoop: 0,
      inDropMalformedMpbgp: 0,
      inDropOrigId: 0,
      inDropNhLocal: 0,
      inDropNhAfV6: 0,
      prefixDroppedMartianV4: 0,
      prefixDroppedMaxRouteLimitViolatedV4: end.held === "prefix-limit" ? 1 : 0,
      prefixDroppedMartianV6: 0,
      prefixDroppedMaxRouteLimitViolatedV6: 0,
    },
    peerInUpdateErrors: {
      inUpdErrWithdraw: 0,
      inUpdErrIgnore: 0,
      inUpdErrDisableAfiSafi: 0,
      disabledAfiSafi: "None",
      lastUpdErrTime: 0,
    },
    bgpSoftReconfigInbound: "Default",
    localAsn: String(end.device.asn),
    localRouterId: end.device.loopback,
    ttl: 1,
    maxTtlHops: 255,
    updateSource: end.port.address,
    localPort: up ? 179 : 0,
    remotePort: up ? 32_768 + (end.port.link % 28_000) : 179,
    ...(up && { ifName: end.port.name, peerTcpInfo: TCP_INFO }),
    afiSafiInfo: up ? { ipv4Unicast: { localNexthop: end.port.address } } : {},
  };
}

function sinceKeepaliveSec(end: End, now: number): number {
  return isUp(end) ? Math.floor((now - end.walkFrom) / 1000) % KEEPALIVE_SEC : Math.floor((now - end.changedAt) / 1000);
}

function connecting(end: End, now: number): object {
  const sec = Math.floor((now - end.walkFrom) / 1000);
  return {
    connectInterval: CONNECT_RETRY_SEC,
    connectTimeLeft: end.held ? 0 : CONNECT_RETRY_SEC - (sec % CONNECT_RETRY_SEC),
    connectFailed: end.held ? 0 : Math.floor(sec / CONNECT_RETRY_SEC),
  };
}

/** The best one-line reason that EOS has, where it has one. */
function reason(end: End): object {
  if (end.held) {
    const sentence =
      end.held === "admin" && end.message ? `${IDLE_SENTENCE.admin}: ${end.message}` : IDLE_SENTENCE[end.held];
    return { establishFailHint: sentence, idleReason: sentence };
  }
  if (!end.trouble) return {};
  if (end.trouble.seen !== "sent" && end.trouble.seen !== "received") return {};
  const { code, subcode } = eosNotification(end.trouble.notification);
  return { establishFailHint: `${code}/${subcode}` };
}

function notice(key: "lastError" | "lastErrorRcvd", remembered: Remembered | undefined, now: number): object {
  if (remembered?.trouble.seen !== "sent" && remembered?.trouble.seen !== "received") return {};
  const { code, subcode } = eosNotification(remembered.trouble.notification);
  return {
    [`${key}Code`]: code,
    [`${key}Subcode`]: subcode,
    [`${key}TimeInfo`]: { time: Math.floor((now - remembered.at) / 1000) },
  };
}

function socketError(remembered: Remembered | undefined, now: number): object {
  const timeInfo = remembered && { time: Math.floor((now - remembered.at) / 1000) };
  switch (remembered?.trouble.seen) {
    case "refused":
      return { lastSocketOutErrorMsg: "Connect (Connection refused)", lastSocketOutErrorTimeInfo: timeInfo };
    case "reset":
      return { lastSocketInErrorMsg: "read (Connection reset by peer)", lastSocketInErrorTimeInfo: timeInfo };
    case "eof":
      return { lastSocketInErrorMsg: "received unexpected EOF", lastSocketInErrorTimeInfo: timeInfo };
    default:
      return {};
  }
}

function capabilities(up: boolean): object {
  const both = { advertised: true, received: up, enabled: up };
  return {
    negotiationDisabled: false,
    unsupportedCapReceived: false,
    multiprotocolCaps: { ipv4Unicast: both },
    fourOctetAsnCap: both,
    routeRefreshCap: both,
    enhancedRouteRefreshCap: both,
    sendEorMessages: both,
    addPathsCaps: {
      ipv4Unicast: {
        receivingAddPaths: { receiveCapabilityAdvertised: true, sendCapabilityReceived: up, enabled: up },
      },
    },
  };
}

const TCP_INFO = {
  state: "ESTABLISHED",
  options: 7,
  sendWindowScale: 7,
  rcvWindowScale: 7,
  retransTimeout: 208_000,
  delayedAckTimeout: 40_000,
  maxSegmentSize: 8_948,
  outputQueueLength: 0,
  outputMaxQueueLength: 87_040,
  inputQueueLength: 0,
  inputMaxQueueLength: 32_768,
};
