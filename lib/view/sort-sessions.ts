import { SESSION_STATUSES } from "../fabric/session.ts";
import { compareAddresses } from "../net/address.ts";
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
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface SortBy {
  readonly key: SortKey;
  readonly down: boolean;
}

type Order = (a: SessionRow, b: SessionRow) => number;

const naturally = new Intl.Collator("en", { numeric: true }).compare;
const RANK = new Map(SESSION_STATUSES.map((status, i) => [status, i] as const));

/** The counts that a table shows: the ToR tells them where it tells any; a node only where nobody else does. */
export function shownCounts({ near, far }: SessionRow) {
  return {
    received: far.received ?? near.received,
    accepted: far.accepted ?? near.accepted,
    advertised: far.advertised ?? near.advertised,
    limit: far.limit ?? near.limit,
  };
}

/** What came back is news, and stands right behind what is wrong. */
function rank(row: SessionRow): number {
  return row.status === "up" && row.backUpAt !== undefined
    ? SESSION_STATUSES.length - 1.5
    : (RANK.get(row.status) ?? 9);
}

const ORDERS: Record<SortKey, Order> = {
  state: (a, b) => rank(a) - rank(b),
  near: (a, b) => names(a.near.device ?? a.near.address, b.near.device ?? b.near.address),
  far: (a, b) => names(a.far.device ?? a.far.address, b.far.device ?? b.far.address),
  as: (a, b) => figures(a.near.asn, b.near.asn) || figures(a.far.asn, b.far.asn),
  since: (a, b) => figures(b.since, a.since),
  received: (a, b) => figures(shownCounts(a).received, shownCounts(b).received),
  accepted: (a, b) => figures(shownCounts(a).accepted, shownCounts(b).accepted),
  advertised: (a, b) => figures(shownCounts(a).advertised, shownCounts(b).advertised),
  limit: (a, b) => figures(shownCounts(a).limit, shownCounts(b).limit),
  flaps: (a, b) => figures(a.flaps, b.flaps),
  error: (a, b) => names(a.lastError, b.lastError),
};

/** By the wanted keys in turn, then worst first, then by name, then by address: the same order every time. */
export function sortSessions(rows: readonly SessionRow[], by: readonly SortBy[]): readonly SessionRow[] {
  const orders: Order[] = by.map(({ key, down }) => (down ? (a, b) => ORDERS[key](b, a) : ORDERS[key]));
  const rest: Order[] = [ORDERS.state, ORDERS.near, ORDERS.far, (a, b) => addresses(a, b)];
  const all = [...orders, ...rest];
  return rows.toSorted((a, b) => {
    for (const order of all) {
      const difference = order(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** What is not told comes last, whichever way. */
function figures(a: number | undefined, b: number | undefined): number {
  return a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : a - b;
}

function names(a: string | undefined, b: string | undefined): number {
  return a === undefined || b === undefined ? Number(a === undefined) - Number(b === undefined) : naturally(a, b);
}

function addresses(a: SessionRow, b: SessionRow): number {
  return compareAddresses(a.near.address ?? "", b.near.address ?? "") || (a.id < b.id ? -1 : 1);
}
