import type { NotificationCode } from "../../lib/bgp/notification.ts";
import { SESSION_STATE_NAME } from "../../lib/bgp/session-state.ts";
import { HOLD_SEC, hasBfd, KEEPALIVE_SEC } from "./effect.ts";
import { type End, isUp, stateAt, type Trouble } from "./end.ts";
import { lightAt, pathWorks } from "./light.ts";
import type { Routes } from "./routes.ts";
import type { DeviceState, World } from "./world.ts";

/** What both BIRDs know; how each prints it stands in `bird-1.ts` and `bird-2.ts`. */
export interface BirdFacts {
  readonly now: number;
  readonly routerId: string;
  readonly hostname: string;
  readonly startedAt: number;
  readonly localAs: number;
  readonly blocks: number;
  /** Pod addresses that leak from the kernel's table into BGP; 0 but under a fault. */
  readonly leaked: number;
  readonly ports: readonly BirdPort[];
  readonly neighbors: readonly BirdNeighbor[];
  /** Routes and networks in the one table. */
  readonly routes: number;
  readonly networks: number;
}

export interface BirdPort {
  readonly name: string;
  readonly address: string;
  readonly opposite: string;
  readonly adminUp: boolean;
  readonly linkUp: boolean;
}

export interface BirdNeighbor {
  readonly name: string;
  readonly address: string;
  readonly asn: number;
  readonly source: string;
  readonly peerRouterId: string;
  readonly protocolState: "up" | "start" | "down";
  /** `Established`, `Idle`, ...; `Down` where the protocol is. */
  readonly bgpState: string;
  readonly since: number;
  /** With its class: `Received: Bad peer AS`. */
  readonly lastError?: string;
  readonly message?: string;
  readonly imported: number;
  readonly exported: number;
  readonly preferred: number;
  /** Updates of the whole table that were offered for export. */
  readonly offered: number;
  readonly holdLeftSec: number;
  readonly keepaliveLeftSec: number;
  readonly waitLeftSec?: number;
  readonly waitKind?: "Error wait" | "Connect delay";
  readonly bfd?: { readonly up: boolean; readonly since: number; readonly port: string };
}

export const ERROR_WAIT_SEC = 30;
export const CONNECT_DELAY_SEC = 2;

export function birdFacts(world: World, device: DeviceState): BirdFacts {
  const now = world.advance();
  const routes = world.routes();
  const leaked = Math.max(0, ...device.ends.map((end) => end.extraPrefixes));
  const own = device.plan.blocks.length + 3 + leaked;
  const imported = device.ends.map((end) => routes.received(end));
  const table = own + imported.reduce((sum, count) => sum + count, 0);

  return {
    now,
    routerId: device.plan.loopback,
    hostname: device.plan.name,
    startedAt: device.startedAt,
    localAs: device.plan.asn,
    blocks: device.plan.blocks.length,
    leaked,
    ports: device.ends.map((end) => portOf(world, end)),
    neighbors: device.ends.map((end) => neighborOf(world, end, routes, table, now)),
    routes: table,
    networks: own + device.ends.reduce((sum, end) => sum + routes.best(end), 0),
  };
}

function portOf(world: World, end: End): BirdPort {
  const session = world.sessions[end.port.link];
  const light = session ? lightAt(session, end) : "up";
  const { name, address, peerAddress } = end.port;
  return { name, address, opposite: peerAddress, adminUp: light !== "shut", linkUp: light === "up" };
}

function neighborOf(world: World, end: End, routes: Routes, table: number, now: number): BirdNeighbor {
  const down = end.held === "admin";
  const state = stateAt(end, now);
  const protocolState = isUp(end) ? "up" : down ? "down" : "start";
  const error = end.trouble && errorText(end.trouble);
  const session = world.sessions[end.port.link];
  const sinceKeepalive = ((now - end.walkFrom) / 1000) % KEEPALIVE_SEC;
  const waiting =
    protocolState === "start"
      ? state === "idle"
        ? "Error wait"
        : state === "active"
          ? "Connect delay"
          : undefined
      : undefined;
  const waitSec = waiting === "Error wait" ? ERROR_WAIT_SEC : CONNECT_DELAY_SEC;

  return {
    name: `Node_${end.port.peerAddress.replaceAll(".", "_")}`,
    address: end.port.peerAddress,
    asn: end.expectedAs,
    source: end.port.address,
    peerRouterId: end.peer.loopback,
    protocolState,
    bgpState: down ? "Down" : SESSION_STATE_NAME[state],
    since: end.changedAt,
    ...(error !== undefined && !isUp(end) && { lastError: error }),
    ...(end.message !== undefined && { message: end.message }),
    imported: routes.received(end),
    exported: routes.advertised(end),
    preferred: routes.best(end),
    offered: table,
    holdLeftSec: HOLD_SEC - sinceKeepalive,
    keepaliveLeftSec: KEEPALIVE_SEC - sinceKeepalive,
    ...(waiting && { waitKind: waiting, waitLeftSec: waitSec - (((now - end.walkFrom) / 1000) % waitSec) }),
    ...(session &&
      hasBfd(end) &&
      !down &&
      lightAt(session, end) === "up" && {
        bfd: {
          up: pathWorks(session),
          since: session.pathChangedAt,
          port: end.port.name,
        },
      }),
  };
}

/**
 * BIRD's words with the class of the error (`bgp_last_errmsg`). Undefined for what BIRD did by command: it forgets
 * the error when the protocol restarts.
 */
function errorText(trouble: Trouble): string | undefined {
  switch (trouble.seen) {
    case "received":
      return `Received: ${notificationText(trouble.notification)}`;
    case "sent":
      return trouble.notification.code === 6 ? undefined : `BGP Error: ${notificationText(trouble.notification)}`;
    case "eof":
      return "Socket: Connection closed";
    case "reset":
      return "Socket: Connection reset by peer";
    case "refused":
      return "Socket: Connection refused";
    case "link-down":
      return "Error: Link down";
    case "neighbor-lost":
      return "Error: Neighbor lost";
    case "bfd-down":
      return "Error: BFD session down";
    default:
      return trouble satisfies never;
  }
}

/** From the table in BIRD's `proto/bgp/packets.c`, as far as the demo has a use for it. */
const WORDS: Readonly<Record<string, string>> = {
  "2.2": "Bad peer AS",
  "4.0": "Hold timer expired",
  "6.1": "Maximum number of prefixes reached",
  "6.2": "Administrative shutdown",
  "6.4": "Administrative reset",
  "6.6": "Other configuration change",
};

function notificationText({ code, subcode }: NotificationCode): string {
  return WORDS[`${code}.${subcode}`] ?? `Unknown error ${code}.${subcode}`;
}
