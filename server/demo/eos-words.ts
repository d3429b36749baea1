import type { NotificationCode } from "../../lib/bgp/notification.ts";
import type { Held } from "./end.ts";

/**
 * EOS's names for NOTIFICATIONs. Seen in captures: "Cease/connection rejected" and "Hold Timer Expired Error/None".
 * The others are composed in the same manner; nobody here has an EOS to ask.
 */
const CODE: Readonly<Record<number, string>> = {
  2: "Open Message Error",
  4: "Hold Timer Expired Error",
  6: "Cease",
};
const SUBCODE: Readonly<Record<string, string>> = {
  "2.2": "bad AS number",
  "4.0": "None",
  "6.1": "maximum number of prefixes reached",
  "6.2": "administrative shutdown",
  "6.4": "administrative reset",
  "6.5": "connection rejected",
  "6.6": "other configuration change",
  "6.10": "BFD down",
};

export interface EosNotification {
  readonly code: string;
  readonly subcode: string;
}

export function eosNotification({ code, subcode }: NotificationCode): EosNotification {
  return { code: CODE[code] ?? "Unknown", subcode: SUBCODE[`${code}.${subcode}`] ?? "None" };
}

/** `peerStateIdleReason` of the summaries: `NoInterface` is captured, `Admin` and `MaxPath` are reported by users. */
export const IDLE_REASON: Record<Held, string> = {
  admin: "Admin",
  "prefix-limit": "MaxPath",
  "no-interface": "NoInterface",
};

/** `idleReason` of the neighbors; only the one for a missing interface is captured. */
export const IDLE_SENTENCE: Record<Held, string> = {
  admin: "Administratively shut down",
  "prefix-limit": "Maximum routes limit exceeded",
  "no-interface": "Could not find interface for peer",
};
