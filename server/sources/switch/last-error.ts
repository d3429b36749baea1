import { type NotificationCode, parseNotificationWords } from "../../../lib/bgp/notification.ts";
import type { LastError } from "../../../lib/fabric/neighbor.ts";
import { wordsOf } from "./scalars.ts";

/** One of the errors that a switch remembers of a peer: it keeps the last of each direction. */
export interface ToldError {
  readonly direction: LastError["direction"];
  readonly text: string;
  /** Seconds before the answer. */
  readonly agoSec?: number;
}

/** The youngest error that was told; one without an age counts as old. `observedAt` makes ages instants. */
export function lastError(told: readonly ToldError[], observedAt: number | undefined): LastError | undefined {
  const [youngest] = [...told].sort((a, b) => (a.agoSec ?? Infinity) - (b.agoSec ?? Infinity));
  const text = youngest && wordsOf(youngest.text, 200);
  if (!youngest || !text) return undefined;
  const notification = notificationOf(text);
  return {
    direction: youngest.direction,
    ...(notification && { notification }),
    text,
    ...(observedAt !== undefined &&
      youngest.agoSec !== undefined && { at: Math.round((observedAt - youngest.agoSec * 1000) / 1000) * 1000 }),
  };
}

/** `Cease/connection rejected`, `Hold Timer Expired Error/Unspecified`, `Open Message Error/Bad Peer AS`, or numbers. */
export function notificationOf(text: string): NotificationCode | undefined {
  const [code = "", subcode = ""] = text.split("/", 2);
  if (/^\d{1,3}$/.test(code.trim()))
    return { code: Number(code), subcode: /^\d{1,3}$/.test(subcode) ? Number(subcode) : 0 };
  const whole = parseNotificationWords(text);
  if (whole && whole.subcode !== 0) return whole;
  const bare = code.replace(/\s*error\s*$/i, "");
  return (
    parseNotificationWords(code) ?? parseNotificationWords(bare) ?? parseNotificationWords(`${bare} Error`) ?? whole
  );
}
