import type { Neighbor } from "./neighbor.ts";
import type { End, SessionStatus } from "./session.ts";

/** What one end says, reduced to what a status needs. `none`: nothing that may still be believed. */
export type EndSays = "up" | "down" | "admin-down" | "none";

export function endSays(end: End): EndSays {
  const { neighbor } = end;
  if (!neighbor || end.freshness === "unknown") return "none";
  if (neighbor.heldDown?.by === "admin") return "admin-down";
  return neighbor.state === "established" ? "up" : "down";
}

export interface ObservedState {
  readonly status: Exclude<SessionStatus, "degraded">;
  readonly stale: boolean;
  readonly disputed: boolean;
}

/**
 * The state algebra of a session, from what its two ends say:
 *
 * 1. Nothing believable from either end: unknown. Never up, never down.
 * 2. An end that is shut on purpose makes the session admin-down, whatever the other says: the other is late or waits.
 * 3. An end that has lost the session makes it down: one speaker cannot hold a session up. Fresh contradiction: disputed.
 * 4. Otherwise an end that holds it established makes it up.
 *
 * Stale is a mark on any of them: no believable end is fresh.
 */
export function stateOf(near: End, far: End): ObservedState {
  const says = [endSays(near), endSays(far)];
  const fresh = [near, far].filter((end, i) => says[i] !== "none" && end.freshness === "fresh").length;
  const stale = fresh === 0 && says.some((word) => word !== "none");
  if (says.includes("admin-down")) return { status: "admin-down", stale, disputed: false };
  if (says.includes("down")) return { status: "down", stale, disputed: fresh === 2 && says.includes("up") };
  if (says.includes("up")) return { status: "up", stale, disputed: false };
  return { status: "unknown", stale: false, disputed: false };
}

/** Share of the prefix limit that is used, in percent; the fullest family. Absent without limit or count. */
export function prefixLimitUse(
  neighbor: Neighbor,
): { percent: number; warnAt: number; max: number; count: number } | undefined {
  let worst: { percent: number; warnAt: number; max: number; count: number } | undefined;
  for (const { limit, received, accepted } of neighbor.families) {
    const count = received ?? accepted;
    if (!limit || limit.max <= 0 || count === undefined) continue;
    const percent = (100 * count) / limit.max;
    if (!worst || percent > worst.percent)
      worst = { percent, warnAt: limit.warnAtPercent ?? 75, max: limit.max, count };
  }
  return worst;
}
