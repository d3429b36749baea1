import type { FabricEvent } from "../events/event.ts";
import type { DeviceRole } from "../fabric/device.ts";
import type { SourceHealth } from "../fabric/observation.ts";
import type { OneEndReason, SessionKind, SessionStatus } from "../fabric/session.ts";
import type { Cause, Fault } from "../fabric/verdict.ts";
import { same } from "../values/same.ts";

/**
 * What a browser holds of the fabric: a row for each thing on a screen, fetched once and then patched by deltas.
 * Details (raw answers, timers, both `Neighbor`s) are asked for one object at a time.
 */
export interface FabricView {
  /** Run of the console and number of the last delta in this view: `<boot>:<n>`. */
  readonly id: string;
  /** Epoch ms at the server. */
  readonly asOf: number;
  readonly fabric: FabricInfo;
  readonly sessions: ReadonlyMap<string, SessionRow>;
  readonly devices: ReadonlyMap<string, DeviceRow>;
  readonly sources: ReadonlyMap<string, SourceHealth>;
  /** Newest last, at most `VIEW_EVENTS`. */
  readonly events: readonly FabricEvent[];
  /** Set while the collector suspects itself: nothing then counts as up or down. */
  readonly impaired?: Impairment;
}

export interface FabricInfo {
  readonly name: string;
  /** True when the console watches the built-in demo. Every page says so. */
  readonly demo: boolean;
  /** True when the console listens beyond loopback, without sign-in. Every page says so. */
  readonly exposed: boolean;
  readonly version: string;
}

export interface Impairment {
  readonly since: number;
  readonly text: string;
}

export interface SessionRow {
  readonly id: string;
  readonly vrf: string;
  readonly kind: SessionKind;
  readonly near: EndRow;
  readonly far: EndRow;
  readonly status: SessionStatus;
  readonly stale?: boolean;
  readonly disputed?: boolean;
  readonly oneEnd?: OneEndReason;
  readonly since?: number;
  /** When the session last came back, while that is news (`BACK_UP_MS`). */
  readonly backUpAt?: number;
  readonly wasDownMs?: number;
  readonly cause: Cause;
  readonly sentence: string;
  /** The operator's own words in it. */
  readonly text?: string;
  readonly fault?: Fault;
  readonly flaps?: number;
  readonly lastError?: string;
}

/** Counts are sums over families, as this end tells them; absent when it does not. */
export interface EndRow {
  readonly device?: string;
  readonly rack?: string;
  readonly address?: string;
  readonly asn?: number;
  readonly source?: string;
  /** This end's own word for the state; absent when it tells nothing. */
  readonly state?: string;
  readonly established?: boolean;
  readonly received?: number;
  readonly accepted?: number;
  readonly best?: number;
  readonly advertised?: number;
  readonly limit?: number;
}

export interface DeviceRow {
  readonly name: string;
  readonly role: DeviceRole;
  readonly rack?: string;
  readonly asn?: number;
  readonly routerId?: string;
  readonly system?: string;
  readonly version?: string;
  readonly startedAt?: number;
  readonly bgp?: "on" | "off";
  readonly sources: readonly string[];
}

export const VIEW_EVENTS = 500;
export const BACK_UP_MS = 15 * 60_000;

/** One step from one view to the next. Sessions and devices travel as the fields that changed; `null` takes a field away. */
export interface Delta {
  /** `<boot>:<n>`, n growing by 1. */
  readonly id: string;
  readonly asOf: number;
  readonly sessions?: Readonly<Record<string, RowPatch<SessionRow> | null>>;
  readonly devices?: Readonly<Record<string, RowPatch<DeviceRow> | null>>;
  /** Whole record when something but the age changed. */
  readonly sources?: Readonly<Record<string, SourceHealth | null>>;
  /** Of each source where only the last good answer moved. */
  readonly seen?: Readonly<Record<string, Seen>>;
  readonly events?: readonly FabricEvent[];
  readonly impaired?: Impairment | null;
}

/** When a source last answered, epoch ms, and how long that took. */
export type Seen = readonly [lastOkAt: number, tookMs: number];

export type RowPatch<T> = { readonly [K in keyof T]?: T[K] | null };

/** The view after `delta`. Rows that the delta does not name are the same objects as before. */
export function applyDelta(view: FabricView, delta: Delta): FabricView {
  const { impaired: _gone, ...rest } = view;
  const impaired = delta.impaired === undefined ? view.impaired : (delta.impaired ?? undefined);
  return {
    ...rest,
    id: delta.id,
    asOf: delta.asOf,
    sessions: patched(view.sessions, delta.sessions),
    devices: patched(view.devices, delta.devices),
    sources: seen(replaced(view.sources, delta.sources), delta.seen),
    events: delta.events?.length ? [...view.events, ...delta.events].slice(-VIEW_EVENTS) : view.events,
    ...(impaired && { impaired }),
  };
}

/** What must be sent so that a browser which holds `from` holds `to`; `undefined` when nothing. */
export function rowPatch<T extends object>(from: T | undefined, to: T): RowPatch<T> | undefined {
  if (from === to) return undefined;
  if (!from) return to as RowPatch<T>;
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(to) as (keyof T & string)[]) {
    if (!same(from[key], to[key])) patch[key] = to[key];
  }
  for (const key of Object.keys(from)) {
    if (!(key in to)) patch[key] = null;
  }
  return Object.keys(patch).length > 0 ? (patch as RowPatch<T>) : undefined;
}

function patched<T extends object>(
  rows: ReadonlyMap<string, T>,
  patches: Readonly<Record<string, RowPatch<T> | null>> | undefined,
): ReadonlyMap<string, T> {
  if (!patches) return rows;
  const next = new Map(rows);
  for (const [id, patch] of Object.entries(patches)) {
    if (patch === null) {
      next.delete(id);
      continue;
    }
    const row: Record<string, unknown> = { ...next.get(id) };
    for (const [field, value] of Object.entries(patch)) {
      if (value === null) delete row[field];
      else row[field] = value;
    }
    next.set(id, row as T);
  }
  return next;
}

function replaced<T>(
  rows: ReadonlyMap<string, T>,
  changes: Readonly<Record<string, T | null>> | undefined,
): ReadonlyMap<string, T> {
  if (!changes) return rows;
  const next = new Map(rows);
  for (const [id, row] of Object.entries(changes)) {
    if (row === null) next.delete(id);
    else next.set(id, row);
  }
  return next;
}

function seen(
  sources: ReadonlyMap<string, SourceHealth>,
  times: Readonly<Record<string, Seen>> | undefined,
): ReadonlyMap<string, SourceHealth> {
  if (!times) return sources;
  const next = new Map(sources);
  for (const [id, [lastOkAt, tookMs]] of Object.entries(times)) {
    const source = next.get(id);
    if (source) next.set(id, { ...source, lastOkAt, tookMs });
  }
  return next;
}
