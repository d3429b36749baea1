import { type End, holds, type Session } from "../fabric/session.ts";
import type { Diff } from "../values/diff.ts";
import type { EventKind, FabricEvent } from "./event.ts";

/** An event before the live fabric gives it a number and an instant. */
export type EventDraft = Omit<FabricEvent, "seq" | "at">;

const STATUS_EVENT = {
  up: "session-up",
  down: "session-down",
  degraded: "session-degraded",
  unknown: "session-unknown",
  "admin-down": "session-admin-down",
} as const satisfies Record<Session["status"], EventKind>;

/**
 * What happened to sessions between two snapshots. A session that appears up is no news while the console is still
 * finding out what there is (`settling`).
 */
export function sessionEvents(diff: Diff<Session>, settling: boolean): readonly EventDraft[] {
  const events: EventDraft[] = [];
  for (const session of diff.added.values()) {
    if (session.status === "up") {
      if (!settling) events.push(draft(session, "session-appeared", "info", `${title(session)} appeared and is up.`));
    } else if (!settling || session.status !== "unknown") {
      events.push(draft(session, STATUS_EVENT[session.status], session.status, session.verdict.sentence));
    }
  }
  for (const { from, to } of diff.changed.values()) {
    const event = changeOf(from, to);
    if (event) events.push(event);
  }
  for (const session of diff.removed.values()) {
    const sentence = `${title(session)} is no longer configured at either end; it was ${session.status}.`;
    events.push(draft(session, "session-vanished", "info", sentence));
  }
  return events;
}

function changeOf(from: Session, to: Session): EventDraft | undefined {
  if (from.status !== to.status) {
    const lost = to.status === "up" && from.status === "down" && from.since !== undefined && to.since !== undefined;
    const back = BACK[from.status];
    const after = lost ? ` after ${duration((to.since ?? 0) - (from.since ?? 0))}` : "";
    const sentence = to.status === "up" ? `${title(to)} ${back}${after}.` : to.verdict.sentence;
    return draft(to, STATUS_EVENT[to.status], to.status, sentence);
  }
  if (holds(to.status) && flapped(from, to)) {
    return draft(to, "session-flapped", "degraded", `${title(to)} went down and came back between two polls.`);
  }
  if (to.status !== "up" && from.verdict.cause !== to.verdict.cause) {
    return draft(to, "session-cause", to.status, to.verdict.sentence);
  }
  return undefined;
}

const BACK: Record<Session["status"], string> = {
  up: "is up",
  degraded: "is healthy again",
  down: "is up again",
  "admin-down": "is up again",
  unknown: "is seen again, and is up",
};

/** A device's rounding moves an uptime by a second or two; a flap moves it by more, or counts it. */
const ROUNDING_MS = 3_000;

function flapped(from: Session, to: Session): boolean {
  return endFlapped(from.near, to.near) || endFlapped(from.far, to.far);
}

function endFlapped({ neighbor: before }: End, { neighbor: after }: End): boolean {
  if (before?.state !== "established" || after?.state !== "established") return false;
  const later = before.since !== undefined && after.since !== undefined && after.since - before.since > ROUNDING_MS;
  if (before.flaps === undefined || after.flaps === undefined) return later;
  // A daemon that starts anew counts from nothing.
  return after.flaps > before.flaps || (after.flaps < before.flaps && later);
}

function draft(session: Session, kind: EventKind, tone: EventDraft["tone"], sentence: string): EventDraft {
  return {
    kind,
    tone,
    sentence,
    session: session.id,
    devices: [session.near.device, session.far.device].filter((name) => name !== undefined),
  };
}

export function title({ near, far }: Session): string {
  return `${far.device ?? far.address ?? "?"} ↔ ${near.device ?? near.address ?? "?"}`;
}

/** `38 s`, `12 min`, `3 h 5 min`, `4 d`: coarse on purpose. */
export function duration(ms: number): string {
  const sec = Math.max(0, Math.round(ms / 1_000));
  if (sec < 120) return `${sec} s`;
  const min = Math.floor(sec / 60);
  if (min < 60) return `${min} min`;
  const hours = Math.floor(min / 60);
  if (hours < 48) return min % 60 === 0 ? `${hours} h` : `${hours} h ${min % 60} min`;
  return `${Math.floor(hours / 24)} d`;
}
