import type { Neighbor } from "./neighbor.ts";
import type { Freshness } from "./observation.ts";
import type { Verdict } from "./verdict.ts";

/** Worst first: the order of every list. */
export const SESSION_STATUSES = ["down", "degraded", "unknown", "admin-down", "up"] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

const RANK = new Map<SessionStatus, number>(SESSION_STATUSES.map((status, index) => [status, index]));

/** Place in the order of lists: 0 for the worst. */
export function statusRank(status: SessionStatus): number {
  return RANK.get(status) ?? RANK.size;
}

/** Worst first. */
export function byWorst(a: SessionStatus, b: SessionStatus): number {
  return statusRank(a) - statusRank(b);
}

/** Established, whether or not something about it is amiss: routes can flow. */
export function holds(status: SessionStatus): boolean {
  return status === "up" || status === "degraded";
}

export const SESSION_KINDS = ["node-tor", "tor-spine", "node-node", "tor-tor", "other"] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/**
 * One end of a session. `neighbor` is what this end's own speaker last said; without it the end is known only from
 * what the other end says of it.
 */
export interface End {
  /** Name in the inventory; absent when the address belongs to no device that we know. */
  readonly device?: string;
  readonly rack?: string;
  readonly address?: string;
  readonly asn?: number;
  readonly neighbor?: Neighbor;
  /** Source of `neighbor`, for its age. */
  readonly source?: string;
  readonly freshness: Freshness;
}

/** A BGP session, with what each of its two speakers tells of it. */
export interface Session {
  /** Stable while the two addresses are: used in links. */
  readonly id: string;
  readonly vrf: string;
  readonly kind: SessionKind;
  /** The lower tier (the node); for equals, the lower address. Always seen, unless only the far end is. */
  readonly near: End;
  readonly far: End;
  readonly seen: "both-ends" | "one-end";
  /** Why only one end is seen. */
  readonly oneEnd?: OneEndReason;
  readonly status: SessionStatus;
  /** The status rests on an answer older than two intervals. */
  readonly stale: boolean;
  /** One speaker holds the session established, the other does not, both answers being fresh. */
  readonly disputed: boolean;
  /** When the present status began, as far as the ends or our own watching tell; epoch ms. */
  readonly since?: number;
  readonly verdict: Verdict;
}

/**
 * `not-configured`: the far device tells its neighbors, and has no such one (Batfish: HALF_OPEN).
 * `not-observed`: the far device is in the inventory, and no source of it tells its neighbors now.
 * `unknown-device`: no device that we know holds the far address (Batfish: UNKNOWN_REMOTE).
 */
export type OneEndReason = "not-configured" | "not-observed" | "unknown-device";
