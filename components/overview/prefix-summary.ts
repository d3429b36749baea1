import type { EndRow, FabricView, SessionRow } from "../../lib/view/view.ts";

/** A sum, and how many of the sessions that should tell it did. */
export interface ToldSum {
  readonly sum: number;
  readonly told: number;
  readonly of: number;
}

export interface PrefixSummary {
  readonly fromNodes?: ToldSum;
  readonly toNodes?: ToldSum;
  /** The end whose received prefixes are the largest share of its limit. */
  readonly nearest?: { readonly end: EndRow; readonly share: number; readonly limit: number };
}

/** Counts of ends that still can be believed: a session that is unknown or stale adds nothing. */
export function prefixSummary(view: FabricView): PrefixSummary {
  const rows = [...view.sessions.values()].filter(({ status, stale }) => status !== "unknown" && !stale);
  const toNodes = sumOf(rows, ({ near }) => near.accepted);
  const fromNodes = sumOf(rows, ({ far }) => far.accepted);
  const nearest = nearestToLimit(rows);
  return { ...(fromNodes && { fromNodes }), ...(toNodes && { toNodes }), ...(nearest && { nearest }) };
}

function sumOf(rows: readonly SessionRow[], countOf: (row: SessionRow) => number | undefined): ToldSum | undefined {
  let sum = 0;
  let told = 0;
  let of = 0;
  for (const row of rows) {
    if (row.kind !== "node-tor" || row.status === "down" || row.status === "admin-down") continue;
    of += 1;
    const count = countOf(row);
    if (count === undefined) continue;
    told += 1;
    sum += count;
  }
  return told > 0 ? { sum, told, of } : undefined;
}

function nearestToLimit(rows: readonly SessionRow[]): PrefixSummary["nearest"] {
  let nearest: PrefixSummary["nearest"];
  for (const { near, far } of rows) {
    for (const end of [near, far]) {
      if (end.limit === undefined || end.limit === 0 || end.received === undefined) continue;
      const share = end.received / end.limit;
      if (!nearest || share > nearest.share) nearest = { end, share, limit: end.limit };
    }
  }
  return nearest;
}
