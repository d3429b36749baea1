import type { SessionStatus } from "../fabric/session.ts";
import { statusCounts } from "./summary.ts";
import { linkId, linkOf, type TopologyLink } from "./topology-link.ts";
import type { TopologyShape } from "./topology-shape.ts";
import type { FabricView, SessionRow } from "./view.ts";

/** What the sessions of a view say of the map's lines. */
export interface ToldLinks {
  readonly links: ReadonlyMap<string, TopologyLink>;
  readonly counts: Readonly<Record<SessionStatus, number>>;
  readonly unplaced: readonly SessionRow[];
  /** In the order in which they were first told; the very list of before when none of them changed. */
  linksAt(device: string): readonly TopologyLink[];
}

/** What is used of the map as it was drawn before. */
export interface DrawnBefore {
  readonly shape: TopologyShape;
  readonly devices: ReadonlyMap<string, { readonly links: readonly TopologyLink[] }>;
  readonly links: ReadonlyMap<string, TopologyLink>;
  readonly counts: Readonly<Record<SessionStatus, number>>;
  readonly unplaced: readonly SessionRow[];
  readonly rows: FabricView["sessions"];
}

/** After a delta only what it named is made again; after anything else, all of it. */
export function toldLinks(view: FabricView, shape: TopologyShape, before?: DrawnBefore): ToldLinks {
  const changed = before?.shape === shape ? changedRows(view.sessions, before.rows, shape) : undefined;
  return before && changed ? patched(view, before, changed) : madeAnew(view, shape, before);
}

const NONE: readonly TopologyLink[] = [];

function madeAnew(view: FabricView, shape: TopologyShape, before?: DrawnBefore): ToldLinks {
  const counts = statusCounts(view.sessions.values());
  const unplaced: SessionRow[] = [];
  const rows = new Map<string, SessionRow[]>();
  for (const row of view.sessions.values()) {
    const id = linkIdOf(row, shape);
    if (id === undefined) unplaced.push(row);
    else append(rows, id, row);
  }

  const links = new Map<string, TopologyLink>();
  const byDevice = new Map<string, TopologyLink[]>();
  for (const [id, sessions] of rows) {
    const first = sessions[0];
    if (!first?.near.device || !first.far.device) continue;
    const old = before?.links.get(id);
    const link =
      old && sameMembers(old.sessions, sessions)
        ? old
        : linkOf(first.near.device, first.far.device, sessions, answeredAt(view));
    links.set(id, link);
    append(byDevice, link.near, link);
    append(byDevice, link.far, link);
  }
  return { links, counts, unplaced, linksAt: (device) => byDevice.get(device) ?? NONE };
}

/** Rows that differ, old and new; `undefined` when sessions came, went, or are now between other devices. */
function changedRows(
  now: FabricView["sessions"],
  before: FabricView["sessions"],
  shape: TopologyShape,
): readonly (readonly [SessionRow, SessionRow])[] | undefined {
  if (now === before) return [];
  if (now.size !== before.size) return undefined;
  const changed: [SessionRow, SessionRow][] = [];
  for (const [id, row] of now) {
    const old = before.get(id);
    if (old === row) continue;
    if (!old || linkIdOf(old, shape) !== linkIdOf(row, shape)) return undefined;
    changed.push([old, row]);
  }
  return changed;
}

function patched(
  view: FabricView,
  before: DrawnBefore,
  changed: readonly (readonly [SessionRow, SessionRow])[],
): ToldLinks {
  const linksBefore = (device: string) => before.devices.get(device)?.links ?? NONE;
  if (changed.length === 0) {
    const { links, counts, unplaced } = before;
    return { links, counts, unplaced, linksAt: linksBefore };
  }
  const counts = { ...before.counts };
  const instead = new Map(changed);
  const ids = new Set<string>();
  for (const [old, row] of changed) {
    counts[old.status] -= 1;
    counts[row.status] += 1;
    const id = linkIdOf(row, before.shape);
    if (id !== undefined) ids.add(id);
  }

  const links = new Map(before.links);
  const touched = new Set<string>();
  for (const id of ids) {
    const old = links.get(id);
    if (!old) continue;
    const sessions = old.sessions.map((row) => instead.get(row) ?? row);
    links.set(id, linkOf(old.near, old.far, sessions, answeredAt(view)));
    touched.add(old.near).add(old.far);
  }
  const unplaced = before.unplaced.some((row) => instead.has(row))
    ? before.unplaced.map((row) => instead.get(row) ?? row)
    : before.unplaced;
  return {
    links,
    counts,
    unplaced,
    linksAt: (device) =>
      touched.has(device) ? linksBefore(device).map((link) => links.get(link.id) ?? link) : linksBefore(device),
  };
}

function answeredAt(view: FabricView): (source: string) => number | undefined {
  return (source) => view.sources.get(source)?.lastOkAt;
}

const idsOfShape = new WeakMap<TopologyShape, WeakMap<SessionRow, string>>();

/** Absent when an end is no device of the map. Rows stay the same objects from view to view, and so do their ids. */
function linkIdOf(row: SessionRow, shape: TopologyShape): string | undefined {
  const ids = idsOfShape.get(shape) ?? new WeakMap<SessionRow, string>();
  const known = ids.get(row);
  if (known !== undefined) return known;
  const { near, far } = row;
  if (!near.device || !far.device || !shape.places.has(near.device) || !shape.places.has(far.device)) return undefined;
  const id = linkId(near.device, far.device);
  ids.set(row, id);
  idsOfShape.set(shape, ids);
  return id;
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** The same rows, in whatever order: a link keeps its sessions worst first. */
function sameMembers(sorted: readonly SessionRow[], rows: readonly SessionRow[]): boolean {
  return sorted.length === rows.length && rows.every((row) => sorted.includes(row));
}
