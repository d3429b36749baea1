import { SESSION_STATE_NAME } from "../../lib/bgp/session-state.ts";
import type { FabricEvent } from "../../lib/events/event.ts";
import { type End, SESSION_STATUSES, type Session, type SessionStatus } from "../../lib/fabric/session.ts";

/** One who sees the session, and what it saw when. Instants in epoch ms. */
export interface Lane {
  readonly name: string;
  readonly spans: readonly Span[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly words: string;
  /** Absent: nobody told. */
  readonly status?: SessionStatus;
}

export interface Timeline {
  readonly from: number;
  readonly to: number;
  readonly lanes: readonly Lane[];
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Who saw what since shortly before the trouble began: each end by its own word, and the console by its events. */
export function timelineOf(session: Session, events: readonly FabricEvent[], now: number): Timeline {
  const starts = [session.near.neighbor?.since, session.far.neighbor?.since, session.since, events[0]?.at];
  const recent = starts.filter((at): at is number => at !== undefined && at <= now && now - at < DAY_MS);
  const length = Math.max(10 * 60_000, recent.length > 0 ? (now - Math.min(...recent)) * 1.15 : HOUR_MS);
  const from = now - length;
  return {
    from,
    to: now,
    lanes: [
      endLane(session.far, session.since, from, now),
      endLane(session.near, session.since, from, now),
      { name: "this console", spans: consoleSpans(session, events, from, now) },
    ],
  };
}

/** An end that does not tell since when is drawn from `began`, and nothing is claimed of it before. */
function endLane(end: End, began: number | undefined, from: number, to: number): Lane {
  const name = `${end.device ?? end.address ?? "far end"} sees it`;
  const { neighbor } = end;
  if (!neighbor) return { name, spans: [{ from, to, words: "tells nothing" }] };
  const up = neighbor.state === "established";
  const status: SessionStatus = up ? "up" : neighbor.heldDown?.by === "admin" ? "admin-down" : "down";
  const words = neighbor.rawState ?? SESSION_STATE_NAME[neighbor.state];
  const since = neighbor.since ?? began;
  const seen = end.freshness === "unknown" ? "unknown" : status;
  if (since === undefined || since <= from) return { name, spans: [{ from, to, words, status: seen }] };
  // It was lost then, and so it was up before; an end that has never lost it may never have had it.
  const wasUp = !up && neighbor.since !== undefined && neighbor.flaps !== 0;
  const before: Span = wasUp
    ? { from, to: since, words: SESSION_STATE_NAME.established, status: "up" }
    : { from, to: since, words: "not told" };
  return { name, spans: [before, { from: since, to, words, status: seen }] };
}

/** Each event of a status begins a span; before the first, nothing is known from here. */
function consoleSpans(session: Session, events: readonly FabricEvent[], from: number, to: number): readonly Span[] {
  const told = events.flatMap(({ at, tone }) => {
    const status = SESSION_STATUSES.find((one) => one === tone);
    return status ? [{ at, status }] : [];
  });
  const spans: Span[] = [];
  for (const [i, { at, status }] of told.entries()) {
    const until = told[i + 1]?.at ?? to;
    if (until <= from || until === at) continue;
    spans.push({
      from: Math.max(at, from),
      to: until,
      words: status === "admin-down" ? "shut on purpose" : status,
      status,
    });
  }
  const first = spans[0]?.from ?? to;
  if (spans.length === 0) return [{ from, to, words: session.status, status: session.status }];
  return first > from ? [{ from, to: first, words: "not told" }, ...spans] : spans;
}
