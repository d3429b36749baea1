import { byWorst, type SessionKind, type SessionStatus } from "../fabric/session.ts";
import type { EndRow, SessionRow } from "./view.ts";

/** One line on the map: every session between the same two devices (IPv4 and IPv6, several VRFs). */
export interface TopologyLink {
  readonly id: string;
  /** The lower device: the node, or the leaf of a leaf and a spine. */
  readonly near: string;
  readonly far: string;
  readonly kind: SessionKind;
  /** Worst of its sessions. */
  readonly status: SessionStatus;
  readonly stale: boolean;
  /** Of a stale one: when an end of it last answered; epoch ms. */
  readonly seenAt?: number;
  /** Present when a speaker holds a session established and the other does not: what each half is drawn as. */
  readonly halves?: { readonly near: SessionStatus; readonly far: SessionStatus };
  /** Worst first; never empty. */
  readonly sessions: readonly SessionRow[];
}

export function worstOf(statuses: Iterable<SessionStatus>): SessionStatus | undefined {
  let worst: SessionStatus | undefined;
  for (const status of statuses) {
    if (worst === undefined || byWorst(status, worst) < 0) worst = status;
  }
  return worst;
}

/** Names cannot hold a line feed (inventory), so that no two pairs make the same id. */
export function linkId(near: string, far: string): string {
  return `${near}\n${far}`;
}

/**
 * @param answeredAt last good answer of a source, epoch ms
 * @throws RangeError without a session.
 */
export function linkOf(
  near: string,
  far: string,
  rows: readonly SessionRow[],
  answeredAt: (source: string) => number | undefined,
): TopologyLink {
  const sessions =
    rows.length > 1 ? [...rows].sort((a, b) => byWorst(a.status, b.status) || (a.id < b.id ? -1 : 1)) : rows;
  const worst = sessions[0];
  if (!worst) throw new RangeError(`link ${near} to ${far} without a session`);
  const disputed = sessions.find((session) => session.disputed);
  const stale = sessions.filter((session) => session.stale);
  const seen = stale
    .flatMap(({ near, far }) => [near.source, far.source])
    .flatMap((source) => (source === undefined ? [] : (answeredAt(source) ?? [])));

  return {
    id: linkId(near, far),
    near,
    far,
    kind: worst.kind,
    status: worst.status,
    stale: stale.length > 0,
    ...(seen.length > 0 && { seenAt: Math.max(...seen) }),
    sessions,
    ...(disputed && { halves: { near: told(disputed.near), far: told(disputed.far) } }),
  };
}

function told({ established }: EndRow): SessionStatus {
  return established === undefined ? "unknown" : established ? "up" : "down";
}
