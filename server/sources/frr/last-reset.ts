import {
  CEASE,
  parseNotificationHex,
  parseNotificationWords,
  sameNotification,
} from "../../../lib/bgp/notification.ts";
import type { LastError } from "../../../lib/fabric/neighbor.ts";
import { deviceText, MAX_WORDS } from "./device-text.ts";

/** The keys by which FRR tells why a session was last reset, in `neighbors json` and in `summary failed json`. */
export interface LastReset {
  readonly lastResetDueTo?: string | undefined;
  readonly lastNotificationReason?: string | undefined;
  readonly lastErrorCodeSubcode?: string | undefined;
  readonly lastNotificationHardReset?: boolean | undefined;
  readonly lastShutdownDescription?: string | undefined;
}

/** No error, only the step that FRR waits for. It overwrites the cause of the outage at every new attempt. */
export const WAITING_FOR_OPEN = "Waiting for peer OPEN";

/** Written when the neighbor is created, and left standing after its families are activated. */
const AT_CREATION = "No AFI/SAFI activated for peer";

/**
 * The last error, without its time.
 *
 * FRR keeps an old reason while a session is up, and has one for peers that were never up: what only says how far a
 * session's start has come is no error. Neither is the collision of two connections (RFC 4271 §6.8) once one of them
 * won.
 */
export function lastErrorOf(reset: LastReset, session: { up: boolean; hasFamilies: boolean }): LastError | undefined {
  const due = reset.lastResetDueTo;
  if (due === undefined || due === "") return undefined;
  if (due === AT_CREATION && (session.up || session.hasFamilies)) return undefined;
  if (session.up && due.startsWith("Waiting for ")) return undefined;

  const direction = directionOf(due);
  if (direction === "local") return { direction, text: deviceText(due, MAX_WORDS) };

  const words = reset.lastNotificationReason ?? due;
  const notification = parseNotificationHex(reset.lastErrorCodeSubcode ?? "") ?? parseNotificationWords(words);
  if (session.up && sameNotification(notification, CEASE.collision)) return undefined;
  const communication = reset.lastShutdownDescription && deviceText(reset.lastShutdownDescription, MAX_WORDS);
  return {
    direction,
    ...(notification && { notification }),
    text: deviceText(reset.lastNotificationHardReset ? `${words} (hard reset)` : words, MAX_WORDS),
    ...(communication && { communication }),
  };
}

function directionOf(due: string): LastError["direction"] {
  if (due === "BGP Notification send") return "sent";
  if (due === "BGP Notification received") return "received";
  return "local";
}
