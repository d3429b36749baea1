import { BAD_PEER_AS, CEASE, HOLD_TIMER_EXPIRED } from "../../lib/bgp/notification.ts";
import type { End, Held, Step, Trouble } from "./end.ts";
import { WAITING } from "./end.ts";
import type { Fault } from "./fault.ts";
import type { Random } from "./random.ts";

/** What one end does, this long after the fault was made. A field that is absent stays as it was. */
export interface Effect {
  readonly afterMs: number;
  readonly trouble?: Trouble;
  readonly walk: readonly Step[];
  readonly held?: Held;
  readonly message?: string;
}

export const HOLD_SEC = 30;
export const KEEPALIVE_SEC = 10;

/** Packets vanish: the connect waits for its timeout. */
const UNANSWERED: readonly Step[] = [
  { state: "connect", ms: 55_000 },
  { state: "active", ms: 5_000 },
];
/** The other end closes the connection at once. */
const TURNED_AWAY: readonly Step[] = [
  { state: "active", ms: 28_000 },
  { state: "connect", ms: 2_000 },
];
/** OPENs are exchanged, and one end refuses what it reads. */
const REFUSING: readonly Step[] = [
  { state: "active", ms: 22_000 },
  { state: "open-sent", ms: 1_000 },
  { state: "idle", ms: 7_000 },
];
const REFUSED: readonly Step[] = [
  { state: "idle", ms: 26_000 },
  { state: "connect", ms: 3_000 },
  { state: "open-sent", ms: 1_000 },
];

/**
 * What `end` goes through under `fault`. Timing and words as measured between FRR and BIRD in namespaces; a switch
 * here stands where FRR stood, with the words of EOS put on by its own printer.
 */
export function effectsOf(fault: Fault, end: End, random: Random): readonly Effect[] {
  const made = end.device.name === fault.at;
  const words = fault.text === undefined ? {} : { text: fault.text };
  const message = fault.text === undefined ? {} : { message: fault.text };

  switch (fault.kind) {
    case "flap":
      return [noticed(made ? 0 : 20, notified(made, CEASE.adminReset), WAITING)];
    case "kill":
      if (made) return [{ afterMs: 0, walk: WAITING }];
      return [
        noticed(10, { seen: "eof" }, TURNED_AWAY),
        { afterMs: 1_200, trouble: { seen: "refused" }, walk: TURNED_AWAY },
      ];
    case "link-down":
    case "port-shut":
      if (end.device.system === "eos") return [{ afterMs: 5, walk: WAITING, held: "no-interface" }];
      // Calico's template says `multihop`, so that BIRD 1.6 does not watch the link.
      if (end.device.system === "bird-1") return [holdTimer(random)];
      return [noticed(8, { seen: made && fault.kind === "port-shut" ? "neighbor-lost" : "link-down" }, WAITING)];
    case "blackhole":
      if (!hasBfd(end)) return [holdTimer(random)];
      return [
        noticed(
          random.between(750, 900),
          end.device.system === "eos" ? notified(true, CEASE.bfdDown) : { seen: "bfd-down" },
          UNANSWERED,
        ),
      ];
    case "admin-down":
    case "disable": {
      const notice: Trouble = { seen: made ? "sent" : "received", notification: CEASE.adminShutdown, ...words };
      if (made) return [{ afterMs: 0, trouble: notice, walk: WAITING, held: "admin", ...message }];
      return turnedAwayAfter(end, notice, message);
    }
    case "wrong-as":
      if (made) return [noticed(0, notified(true, BAD_PEER_AS), end.device.system === "eos" ? REFUSING : REFUSED)];
      return [noticed(40, notified(false, BAD_PEER_AS), end.device.system === "eos" ? REFUSING : REFUSED)];
    case "wrong-md5":
      return [noticed(made ? 0 : 20, notified(made, CEASE.configChange), UNANSWERED)];
    case "max-prefix":
      if (end.port.side === 0)
        return [{ afterMs: 0, trouble: notified(true, CEASE.prefixLimit), walk: WAITING, held: "prefix-limit" }];
      return turnedAwayAfter(end, notified(false, CEASE.prefixLimit), {});
    case "near-limit":
    case "slow":
    case "dead":
      return [];
    default:
      return fault.kind satisfies never;
  }
}

/** BFD runs where both ends can: Calico's BIRD 1.6 has none configured. */
export function hasBfd(end: End): boolean {
  return end.device.system !== "bird-1" && end.peer.system !== "bird-1";
}

/** The notice is seen once; what BIRD shows from then on is how its next attempts end. */
function turnedAwayAfter(end: End, notice: Trouble, message: { message?: string }): Effect[] {
  if (end.device.system === "eos") return [{ afterMs: 20, trouble: notice, walk: TURNED_AWAY, ...message }];
  return [
    { afterMs: 20, trouble: notice, walk: WAITING, ...message },
    { afterMs: 8_000, trouble: { seen: "reset" }, walk: TURNED_AWAY },
  ];
}

/** The last KEEPALIVE came up to one interval before the fault. */
function holdTimer(random: Random): Effect {
  const afterMs = random.between(HOLD_SEC - KEEPALIVE_SEC, HOLD_SEC) * 1000;
  return noticed(afterMs, notified(true, HOLD_TIMER_EXPIRED), UNANSWERED);
}

function notified(sent: boolean, notification: Extract<Trouble, { notification: unknown }>["notification"]): Trouble {
  return { seen: sent ? "sent" : "received", notification };
}

function noticed(afterMs: number, trouble: Trouble, walk: readonly Step[]): Effect {
  return { afterMs, trouble, walk };
}
