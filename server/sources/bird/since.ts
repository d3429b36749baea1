/** The daemon's own clock, by which its times must be read. */
export interface Clock {
  /** Epoch ms at which the answer came; absent for a saved answer, whose clock times then tell no instant. */
  readonly now?: number;
  /** Local time minus UTC, where the daemon runs. */
  readonly zoneOffsetMs: number;
}

export interface Since {
  /** Epoch ms. */
  readonly at: number;
  /** BIRD told the day alone, and `at` is its midnight: what it does about a day after the change. */
  readonly dayOnly: boolean;
}

const DAY_MS = 86_400_000;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d?):(\d\d)(?::(\d\d)(\.\d{1,6})?)?$/;

/**
 * A clock time further ahead of now than this was yesterday's. BIRD writes clock times for 20 hours (`lib/timer.c`,
 * `TM_ISO_SHORT`), so what lies less ahead can only be a clock that runs before ours.
 */
const AHEAD_MS = 60_000;

/**
 * BIRD's `Since`: `14:07:47`, `14:07:47.779`, `14:07`, `2026-11-23`, or `2026-11-23 14:07:47.779` (`timeformat`).
 * `undefined` for a format of the operator's own making, and for a clock time without `now`.
 */
export function parseSince(text: string, { now, zoneOffsetMs }: Clock): Since | undefined {
  const blank = text.indexOf(" ");
  if (blank > 0) {
    const day = dayMs(text.slice(0, blank));
    const time = timeMs(text.slice(blank + 1));
    return day === undefined || time === undefined ? undefined : { at: day + time - zoneOffsetMs, dayOnly: false };
  }
  const time = timeMs(text);
  if (time === undefined) {
    const day = dayMs(text);
    return day === undefined ? undefined : { at: day - zoneOffsetMs, dayOnly: true };
  }
  if (now === undefined) return undefined;
  const midnight = Math.floor((now + zoneOffsetMs) / DAY_MS) * DAY_MS - zoneOffsetMs;
  const today = midnight + time;
  // A clock that runs ahead of ours may already be in tomorrow.
  if (time < AHEAD_MS && today + DAY_MS - now <= AHEAD_MS) return { at: today + DAY_MS, dayOnly: false };
  return { at: today - now > AHEAD_MS ? today - DAY_MS : today, dayOnly: false };
}

/** `Current server time` against our clock, to the quarter of an hour: what is left is skew, not zone. */
export function zoneOffsetMs(serverTime: string, now: number): number | undefined {
  const told = parseSince(serverTime, { zoneOffsetMs: 0 });
  if (!told || told.dayOnly) return undefined;
  const quarters = Math.round((told.at - now) / 900_000);
  return Math.abs(quarters) <= 60 ? (quarters || 0) * 900_000 : undefined;
}

export function looksLikeTime(word: string): boolean {
  return TIME.test(word);
}

/** Of thousands of sessions, most came up on one day. */
let lastDay: { readonly text: string; readonly at: number | undefined } = { text: "", at: undefined };

function dayMs(text: string): number | undefined {
  if (text !== lastDay.text) lastDay = { text, at: dayOf(text) };
  return lastDay.at;
}

function dayOf(text: string): number | undefined {
  const parts = DATE.exec(text);
  if (!parts) return undefined;
  const at = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return new Date(at).toISOString().startsWith(text) ? at : undefined;
}

function timeMs(text: string): number | undefined {
  const parts = TIME.exec(text);
  if (!parts) return undefined;
  const [hour, minute, second] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  return ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(Number(`0${parts[4] ?? ""}`) * 1000);
}
