import type { SessionStatus } from "../fabric/session.ts";
import type { FabricView } from "./view.ts";

/** Sessions by status: the title line of every screen counts from here, so that no two screens disagree. */
export type StatusCounts = Readonly<Record<SessionStatus, number>> & { readonly total: number };

export function statusCounts(rows: Iterable<{ readonly status: SessionStatus }>): StatusCounts {
  const counts = { down: 0, degraded: 0, unknown: 0, "admin-down": 0, up: 0, total: 0 };
  for (const { status } of rows) {
    counts[status] += 1;
    counts.total += 1;
  }
  return counts;
}

export function viewCounts(view: FabricView): StatusCounts {
  return statusCounts(view.sessions.values());
}
