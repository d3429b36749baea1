import type { SourceHealth } from "../fabric/observation.ts";
import { statusRank } from "../fabric/session.ts";
import { heardAt } from "./session-age.ts";
import type { SessionRow } from "./view.ts";

export const SORT_KEYS = [
  "state",
  "near",
  "far",
  "as",
  "since",
  "received",
  "accepted",
  "advertised",
  "limit",
  "flaps",
  "error",
  "age",
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface SortBy {
  readonly key: SortKey;
  readonly down: boolean;
}

/** The order of a list that nobody has sorted: worst first, among equals by name. */
export const WORST_FIRST: readonly SortBy[] = [{ key: "state", down: false }];

/** `state,-flaps` as it stands in an address. What names no column is left out. */
export function parseSort(text: string): readonly SortBy[] {
  const found = new Map<SortKey, SortBy>();
  for (const word of text.split(",")) {
    const down = word.startsWith("-");
    const key = SORT_KEYS.find((name) => name === (down ? word.slice(1) : word));
    if (key && !found.has(key)) found.set(key, { key, down });
  }
  return found.size > 0 ? [...found.values()] : WORST_FIRST;
}

export function sortText(sort: readonly SortBy[]): string {
  return sort.map(({ key, down }) => `${down ? "-" : ""}${key}`).join(",");
}

/** After a press on a column's head: up, then down, then worst first again. `add` keeps the columns chosen before. */
export function pressed(sort: readonly SortBy[], key: SortKey, add: boolean): readonly SortBy[] {
  const before = sort.find((one) => one.key === key);
  const next = before ? (before.down ? [] : [{ key, down: true }]) : [{ key, down: false }];
  if (!add) return next.length > 0 ? next : WORST_FIRST;
  const changed = before ? sort.flatMap((one) => (one.key === key ? next : [one])) : [...sort, ...next];
  return changed.length > 0 ? changed : WORST_FIRST;
}

type Value = number | string | undefined;
type Sources = ReadonlyMap<string, SourceHealth>;

/**
 * By the wanted keys in turn, then worst first, then by name: the same order every time. What is not told comes last,
 * whichever way. Rows that come in nearly sorted, as from one delta to the next, take one pass.
 */
export function sortSessions(
  rows: readonly SessionRow[],
  by: readonly SortBy[],
  sources: Sources = new Map(),
): readonly SessionRow[] {
  const orders = [...by, ...WORST_FIRST].map(({ key, down }) => ({ of: readerOf(key, sources), way: down ? -1 : 1 }));
  return rows.toSorted((a, b) => {
    for (const { of, way } of orders) {
      const order = compared(of(a), of(b), way);
      if (order !== 0) return order;
    }
    return compared(nameOf(a), nameOf(b), 1) || compared(a.id, b.id, 1);
  });
}

function compared(a: Value, b: Value, way: number): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return (a < b ? -1 : 1) * way;
}

function readerOf(key: SortKey, sources: Sources): (row: SessionRow) => Value {
  switch (key) {
    case "state":
      // What came back is news, and stands right behind what is wrong.
      return ({ status, backUpAt }) => statusRank(status) - (status === "up" && backUpAt !== undefined ? 0.5 : 0);
    case "near":
      return ({ near }) => natural(near.device ?? near.address);
    case "far":
      return ({ far }) => natural(far.device ?? far.address);
    case "as":
      return ({ near, far }) => near.asn ?? far.asn;
    case "since":
      // Newest first: what has just begun is what one looks for.
      return ({ since }) => (since === undefined ? undefined : -since);
    case "received":
    case "accepted":
    case "advertised":
    case "limit":
      return ({ far }) => far[key];
    case "flaps":
      return ({ flaps }) => flaps;
    case "error":
      return ({ lastError }) => lastError;
    case "age":
      return (row) => heardAt(row, sources);
    default:
      return key satisfies never;
  }
}

/** Natural order by plain comparison, for a collator is too slow for 20,000 rows: digits of one length compare as text. */
const NATURAL = new Map<string, string>();
const NATURAL_MAX = 50_000;

function natural(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const kept = NATURAL.get(name);
  if (kept !== undefined) return kept;
  const key = name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, "0"));
  if (NATURAL.size >= NATURAL_MAX) NATURAL.clear();
  NATURAL.set(name, key);
  return key;
}

const NAMES = new WeakMap<SessionRow, string>();

function nameOf(row: SessionRow): string {
  const kept = NAMES.get(row);
  if (kept !== undefined) return kept;
  const { near, far } = row;
  const name = `${natural(near.device ?? near.address) ?? "\uffff"}\n${natural(far.device ?? far.address) ?? "\uffff"}`;
  NAMES.set(row, name);
  return name;
}
