import type { NotificationCode } from "../../lib/bgp/notification.ts";
import type { SessionState } from "../../lib/bgp/session-state.ts";
import type { PlannedDevice, PlannedPort } from "./plan.ts";

/** Why an end lost or cannot get its session, as its own speaker knows it. */
export type Trouble =
  | { readonly seen: "sent" | "received"; readonly notification: NotificationCode; readonly text?: string }
  | { readonly seen: "eof" | "reset" | "refused" | "link-down" | "neighbor-lost" | "bfd-down" };

/** A state that an end walks through again and again while it cannot come up. */
export interface Step {
  readonly state: SessionState;
  readonly ms: number;
}

/** Why an end does not even try. */
export type Held = "admin" | "prefix-limit" | "no-interface";

/** One speaker's end of a session. Instants are epoch ms. */
export interface End {
  readonly device: PlannedDevice;
  readonly port: PlannedPort;
  readonly peer: PlannedDevice;
  /** The walk and when it began; one step of no length for a state that stays. */
  walk: readonly Step[];
  walkFrom: number;
  /** Last came up or went down. */
  changedAt: number;
  timesUp: number;
  held?: Held | undefined;
  /** Operator's text: of our own shutdown, or of the one that we were told. */
  message?: string | undefined;
  /** Latest of all; cleared when the session comes up, as BIRD does. */
  trouble?: Trouble | undefined;
  /** Latest of each direction with its instant; kept when the session comes up, as EOS does. */
  sent?: Remembered | undefined;
  received?: Remembered | undefined;
  socket?: Remembered | undefined;
  /** Differs from the peer's own while this end is configured wrongly. */
  expectedAs: number;
  /** Prefixes that this end announces beyond its own. */
  extraPrefixes: number;
}

export interface Remembered {
  readonly trouble: Trouble;
  readonly at: number;
}

export function newEnd(device: PlannedDevice, port: PlannedPort, peer: PlannedDevice): End {
  return {
    device,
    port,
    peer,
    walk: WAITING,
    walkFrom: 0,
    changedAt: 0,
    timesUp: 0,
    expectedAs: peer.asn,
    extraPrefixes: 0,
  };
}

export const UP: readonly Step[] = [{ state: "established", ms: 0 }];
export const WAITING: readonly Step[] = [{ state: "idle", ms: 0 }];

export function isUp(end: End): boolean {
  return end.walk === UP;
}

/** Where the walk has led at `now`. */
export function stateAt(end: End, now: number): SessionState {
  const round = end.walk.reduce((sum, step) => sum + step.ms, 0);
  let left = round > 0 ? Math.max(0, now - end.walkFrom) % round : 0;
  for (const step of end.walk) {
    if (left < step.ms || round === 0) return step.state;
    left -= step.ms;
  }
  return "idle";
}

export function remember(end: End, trouble: Trouble, at: number): void {
  end.trouble = trouble;
  if (trouble.seen === "sent") end.sent = { trouble, at };
  else if (trouble.seen === "received") end.received = { trouble, at };
  else end.socket = { trouble, at };
}
