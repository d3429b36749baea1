import { holds } from "../fabric/session.ts";
import { byNaturalName } from "../values/natural-order.ts";
import type { FabricView, SessionRow } from "./view.ts";
import { type Watched, watchedOf } from "./watched.ts";

export interface NodeWays {
  readonly name: string;
  /** Sessions to ToRs that are up, by an answer that may still be believed; absent when that is not known. */
  readonly ways: number | undefined;
  /** Sessions to ToRs that it has, up or not, those shut on purpose among them. */
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

/** How many ways out each node has. A session that cannot be seen is no way, and is not counted as lost either. */
export function redundancy(view: FabricView): Redundancy {
  const sessions = sessionsOutOf("node-tor", view.sessions.values());
  const racks = new Map<string, NodeWays[]>();
  const totals = { full: 0, reduced: 0, none: 0, notSeen: 0, total: 0 };
  for (const device of view.devices.values()) {
    if (device.role !== "node") continue;
    const { watched } = watchedOf(device.sources, view.sources, view.asOf);
    const node = waysOf(device.name, sessions.get(device.name) ?? [], watched);
    const rack = racks.get(device.rack ?? "") ?? [];
    racks.set(device.rack ?? "", rack);
    rack.push(node);
    totals.total += 1;
    totals[standing(node)] += 1;
  }
  const sorted = [...racks].sort(([a], [b]) => byNaturalName(a, b));
  return {
    racks: sorted.map(([rack, nodes]) => ({ rack, nodes: nodes.sort((a, b) => byNaturalName(a.name, b.name)) })),
    ...totals,
  };
}

export function standing({ ways, expected }: NodeWays): "full" | "reduced" | "none" | "notSeen" {
  if (ways === undefined) return "notSeen";
  if (ways === 0) return "none";
  return ways < expected ? "reduced" : "full";
}

/** Sessions of nodes to their ToRs, or of ToRs to their spines, by the device whose way out they are. */
export function sessionsOutOf(
  kind: "node-tor" | "tor-spine",
  rows: Iterable<SessionRow>,
): ReadonlyMap<string, readonly SessionRow[]> {
  const byDevice = new Map<string, SessionRow[]>();
  for (const row of rows) {
    if (row.kind !== kind || row.near.device === undefined) continue;
    const list = byDevice.get(row.near.device) ?? [];
    byDevice.set(row.near.device, list);
    list.push(row);
  }
  return byDevice;
}

/** A device without any session has no way out if it answers; if it does not, nobody knows. */
export function waysOf(name: string, rows: readonly SessionRow[], watched: Watched): NodeWays {
  const up = rows.filter((row) => holds(row.status)).length;
  const unseen = rows.length === 0 ? watched !== "answers" : rows.some((row) => row.status === "unknown");
  const ways = up === 0 && unseen ? undefined : up;
  return { name, ways, expected: rows.length };
}
