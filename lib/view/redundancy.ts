import type { FabricView, SessionRow } from "./view.ts";

export interface NodeWays {
  readonly name: string;
  /** Sessions to ToRs that are up, by an answer that may still be believed; absent when the node's sessions are not seen. */
  readonly ways: number | undefined;
  /** Sessions to ToRs that it has, up or not, but for those shut on purpose at the node's own end. */
  readonly expected: number;
}

export interface RackRedundancy {
  /** "" for nodes without a rack. */
  readonly rack: string;
  readonly nodes: readonly NodeWays[];
}

export interface Redundancy {
  readonly racks: readonly RackRedundancy[];
  /** Nodes with every way up; with fewer; with none; whose ways cannot be seen; all. */
  readonly full: number;
  readonly reduced: number;
  readonly none: number;
  readonly notSeen: number;
  readonly total: number;
}

const byName = new Intl.Collator("en", { numeric: true }).compare;

/** How many ways out each node has. A session that cannot be seen is no way, and is not counted as lost either. */
export function redundancy(view: FabricView): Redundancy {
  const sessions = sessionsByNode(view.sessions.values());
  const racks = new Map<string, NodeWays[]>();
  const totals = { full: 0, reduced: 0, none: 0, notSeen: 0, total: 0 };
  for (const device of view.devices.values()) {
    if (device.role !== "node") continue;
    const node = waysOf(device.name, sessions.get(device.name) ?? []);
    const rack = racks.get(device.rack ?? "") ?? [];
    racks.set(device.rack ?? "", rack);
    rack.push(node);
    totals.total += 1;
    totals[standing(node)] += 1;
  }
  const sorted = [...racks].sort(([a], [b]) => byName(a, b));
  return {
    racks: sorted.map(([rack, nodes]) => ({ rack, nodes: nodes.sort((a, b) => byName(a.name, b.name)) })),
    ...totals,
  };
}

export function standing({ ways, expected }: NodeWays): "full" | "reduced" | "none" | "notSeen" {
  if (ways === undefined) return "notSeen";
  if (ways === 0) return "none";
  return ways < expected ? "reduced" : "full";
}

export function sessionsByNode(rows: Iterable<SessionRow>): ReadonlyMap<string, readonly SessionRow[]> {
  const byNode = new Map<string, SessionRow[]>();
  for (const row of rows) {
    if (row.kind !== "node-tor" || row.near.device === undefined) continue;
    const list = byNode.get(row.near.device) ?? [];
    byNode.set(row.near.device, list);
    list.push(row);
  }
  return byNode;
}

export function waysOf(name: string, rows: readonly SessionRow[]): NodeWays {
  const up = rows.filter((row) => row.status === "up" || row.status === "degraded").length;
  const unseen = rows.filter((row) => row.status === "unknown").length;
  const ways = rows.length === 0 || (up === 0 && unseen > 0) ? undefined : up;
  return { name, ways, expected: rows.length };
}
