/** Times and spans in words, always UTC. Instants are epoch milliseconds. */

const SEC = 1_000;
const MIN = 60 * SEC;
const HOUR = 60 * MIN;
const DAY = 24 * HOUR;

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A span in the two largest units that matter: `9 s`, `47 min`, `1 h 9 min`, `2 d 4 h`, `41 d`. Below zero is `0 s`. */
export function spanText(ms: number): string {
  if (!Number.isFinite(ms)) return "";
  if (ms < MIN) return `${Math.max(0, Math.floor(ms / SEC))} s`;
  if (ms < HOUR) return `${Math.floor(ms / MIN)} min`;
  if (ms < DAY) return two(Math.floor(ms / HOUR), "h", Math.floor((ms % HOUR) / MIN), "min");
  const days = Math.floor(ms / DAY);
  return days < 10 ? two(days, "d", Math.floor((ms % DAY) / HOUR), "h") : `${days} d`;
}

/** `02:14:07` today, `Sun 22:10:30` within six days, `12 Nov 09:14` within the year, `12 Nov 2025` before. */
export function instantText(at: number, now: number): string {
  if (!valid(at)) return "";
  const then = new Date(at);
  const today = new Date(now);
  if (then.toISOString().slice(0, 10) === today.toISOString().slice(0, 10)) return clockText(at);
  const day = `${then.getUTCDate()} ${MONTHS[then.getUTCMonth()]}`;
  if (then.getUTCFullYear() !== today.getUTCFullYear()) return `${day} ${then.getUTCFullYear()}`;
  if (Math.abs(now - at) < 6 * DAY) return `${WEEKDAYS[then.getUTCDay()]} ${clockText(at)}`;
  return `${day} ${clockText(at).slice(0, 5)}`;
}

/** `02:14:07` */
export function clockText(at: number): string {
  return valid(at) ? new Date(at).toISOString().slice(11, 19) : "";
}

/** `Mon 23 Nov` */
export function dayText(at: number): string {
  if (!valid(at)) return "";
  const day = new Date(at);
  return `${WEEKDAYS[day.getUTCDay()]} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}`;
}

/** `2026-11-23T02:14:07Z`: what is copied and what stands in exports. */
export function isoText(at: number): string {
  return valid(at) ? `${new Date(at).toISOString().slice(0, 19)}Z` : "";
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** A device may tell any number: one that no calendar holds is not shown. */
function valid(at: number): boolean {
  return Math.abs(at) <= 8.64e15;
}
