/** Sessions up to which a daemon counts as small: details of all of them take it two milliseconds. */
const SMALL = 200;
const SMALL_EVERY_MS = 5_000;
const SLOWEST_EVERY_MS = 60_000;

/** So many changed protocols are asked by name; when more changed, all are asked at once. */
export const MAX_BY_NAME = 8;
const BFD_AT_EACH_POLL_UP_TO = 1_000;

/**
 * How old the details (counts, limits, timers) of a session that keeps its state may grow. They take the daemon fifty
 * times what the bare list of states does, so a large one is asked less often, and never for more than a twentieth of the time.
 */
export function detailsEveryMs(sessions: number, tookMs: number, everyMs: number): number {
  const bySize = sessions < SMALL ? SMALL_EVERY_MS : Math.min(SLOWEST_EVERY_MS, (SMALL_EVERY_MS * sessions) / SMALL);
  return Math.max(everyMs, bySize, restAfterMs(tookMs));
}

/** How long the daemon is left alone after it told all details, even while much changes. */
export function restAfterMs(tookMs: number): number {
  return 20 * tookMs;
}

/** Half an interval early is in time: the next poll would be half an interval late. */
export function isDue(lastAt: number | undefined, now: number, dueEveryMs: number, everyMs: number): boolean {
  return lastAt === undefined || now - lastAt >= dueEveryMs - everyMs / 2 || now < lastAt;
}

/** Of a large daemon, BFD is asked only when something else changed: BGP tells with its next row that BFD went down. */
export function askBfd(sessions: number): boolean {
  return sessions <= BFD_AT_EACH_POLL_UP_TO;
}
