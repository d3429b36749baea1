/** BIRD's default time formats; local time, as BIRD prints. */

const LIMIT_MS = 20 * 3_600_000;

/** `timeformat protocol`: a clock for 20 hours, then a date. BIRD 2 adds milliseconds to the clock. */
export function sinceText(at: number, now: number, withMs: boolean): string {
  return now - at < LIMIT_MS ? clock(new Date(at), withMs) : date(new Date(at));
}

/** `timeformat base`: always both. */
export function fullText(at: number, withMs: boolean): string {
  return `${date(new Date(at))} ${clock(new Date(at), withMs)}`;
}

function clock(when: Date, withMs: boolean): string {
  const text = [when.getHours(), when.getMinutes(), when.getSeconds()].map((part) => digits(part, 2)).join(":");
  return withMs ? `${text}.${digits(when.getMilliseconds(), 3)}` : text;
}

function date(when: Date): string {
  return `${when.getFullYear()}-${digits(when.getMonth() + 1, 2)}-${digits(when.getDate(), 2)}`;
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
