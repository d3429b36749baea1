const DAY_MS = 86_400_000;

/**
 * The instant that lies `agoMs` before `at`, to the second: FRR counts whole seconds, and a finer instant would move
 * from poll to poll. Both in epoch ms or ms.
 */
export function secondBefore(at: number, agoMs: number): number {
  return Math.round((at - agoMs) / 1000) * 1000;
}

/**
 * How long ago the last reset was, given that it came before the session's present uptime.
 *
 * FRR prints `lastResetTimerMsecs` as hours, minutes and seconds of a day: after 24 hours it starts again at 0
 * (measured on 8.4.4; a capture of 7.5 shows a reset 7 h ago of a session that is up for 29 h).
 */
export function unwrapResetMs(resetTimerMs: number, uptimeMs: number): number {
  const days = Math.max(0, Math.ceil((uptimeMs - resetTimerMs) / DAY_MS));
  return resetTimerMs + days * DAY_MS;
}

/** Whether two readings mean one instant: FRR's seconds and our clock differ by up to 2 s, a wrapped timer by days. */
export function oneInstant(earlier: number, later: number): boolean {
  const difference = Math.abs(later - earlier);
  const overDays = difference % DAY_MS;
  return Math.min(overDays, DAY_MS - overDays) <= 2000 && (difference <= 2000 || later > earlier);
}

/** `0:00:00:41`, days, hours, minutes and seconds, as `peerBfdInfo.lastUpdate` counts; in ms. */
export function parseDhms(text: string): number | undefined {
  const parts = /^(\d{1,6}):(\d{1,2}):(\d{1,2}):(\d{1,2})$/.exec(text);
  if (!parts) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map(Number);
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
