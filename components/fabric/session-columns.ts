import { CAUSES } from "../../lib/fabric/verdict.ts";
import { asdot } from "../../lib/net/asn.ts";
import { KIND_WORD } from "../../lib/view/facets.ts";
import type { SortKey } from "../../lib/view/sort-sessions.ts";
import type { SessionRow } from "../../lib/view/view.ts";

export const COLUMN_IDS = [
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
  "rack",
  "kind",
  "vrf",
  "cause",
  "side",
  "near-address",
  "far-address",
  "near-received",
  "near-accepted",
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export interface SessionColumn {
  readonly label: string;
  /** A track of the grid that all rows share. */
  readonly width: string;
  readonly right?: boolean;
  readonly sort?: SortKey;
  /** What the head says on hover, where the label is too short to be plain. */
  readonly means?: string;
}

/** A row opens by its state: that column is always the first, and cannot be hidden. */
export const COLUMNS: Readonly<Record<ColumnId, SessionColumn>> = {
  state: { label: "State", width: "108px", sort: "state" },
  near: { label: "Node", width: "minmax(86px,0.5fr)", sort: "near", means: "The lower of the two: the node" },
  far: {
    label: "ToR",
    width: "minmax(102px,0.5fr)",
    sort: "far",
    means: "The upper of the two: the ToR, or the spine",
  },
  as: { label: "AS", width: "minmax(122px,0.2fr)", sort: "as" },
  since: { label: "Since (UTC)", width: "152px", sort: "since" },
  received: {
    label: "Received",
    width: "66px",
    right: true,
    sort: "received",
    means: "Prefixes that the ToR received from the node, before its policy",
  },
  accepted: {
    label: "Accepted",
    width: "72px",
    right: true,
    sort: "accepted",
    means: "Of the received, those that the ToR's policy let in",
  },
  advertised: {
    label: "Advertised",
    width: "80px",
    right: true,
    sort: "advertised",
    means: "Prefixes that the ToR sends to the node",
  },
  limit: {
    label: "Limit",
    width: "66px",
    right: true,
    sort: "limit",
    means: "Most prefixes that the ToR takes from the node",
  },
  flaps: {
    label: "Flaps",
    width: "48px",
    right: true,
    sort: "flaps",
    means: "Times that the session was lost, since the speaker counts",
  },
  error: { label: "Last error", width: "minmax(140px,1.6fr)", sort: "error" },
  age: { label: "Age", width: "60px", right: true, sort: "age", means: "Of the older of the two ends' last answers" },
  rack: { label: "Rack", width: "minmax(56px,0.3fr)" },
  kind: { label: "Kind", width: "110px" },
  vrf: { label: "VRF", width: "minmax(70px,0.3fr)" },
  cause: { label: "Cause", width: "minmax(130px,0.7fr)" },
  side: { label: "At fault", width: "minmax(110px,0.7fr)" },
  "near-address": { label: "Node address", width: "minmax(110px,0.5fr)" },
  "far-address": { label: "ToR address", width: "minmax(110px,0.5fr)" },
  "near-received": {
    label: "Node received",
    width: "92px",
    right: true,
    means: "Prefixes that the node received from the ToR",
  },
  "near-accepted": {
    label: "Node accepted",
    width: "92px",
    right: true,
    means: "Of those, what the node's policy let in",
  },
};

export const DEFAULT_COLUMNS: readonly ColumnId[] = COLUMN_IDS.slice(0, COLUMN_IDS.indexOf("rack"));

/** `state,near,far` as it stands in an address; the default for nothing readable. */
export function parseColumns(text: string): readonly ColumnId[] {
  const named = text.split(",").flatMap((word) => COLUMN_IDS.find((id) => id === word) ?? []);
  return named.length === 0 ? DEFAULT_COLUMNS : [...new Set<ColumnId>(["state", ...named])];
}

/** What a cell says as text. Absent: not told by anybody. */
export function cellText(id: ColumnId, row: SessionRow): string | undefined {
  const { near, far } = row;
  switch (id) {
    case "near":
      return near.device ?? near.address;
    case "far":
      return far.device ?? far.address;
    case "as":
      return asPair(near.asn, far.asn);
    case "error":
      return row.lastError ?? (row.cause === "none" ? undefined : CAUSES[row.cause]);
    case "rack":
      return near.rack ?? far.rack;
    case "kind":
      return KIND_WORD[row.kind];
    case "vrf":
      return row.vrf;
    case "cause":
      return row.cause === "none" ? undefined : CAUSES[row.cause];
    case "side":
      return row.fault?.where;
    case "near-address":
      return near.address;
    case "far-address":
      return far.address;
    default:
      return undefined;
  }
}

export function cellFigure(id: ColumnId, { near, far, flaps }: SessionRow): number | undefined {
  switch (id) {
    case "received":
    case "accepted":
    case "advertised":
    case "limit":
      return far[id];
    case "near-received":
      return near.received;
    case "near-accepted":
      return near.accepted;
    case "flaps":
      return flaps;
    default:
      return undefined;
  }
}

function asPair(near: number | undefined, far: number | undefined): string | undefined {
  if (near === undefined && far === undefined) return undefined;
  return `${near ?? "?"} → ${far ?? "?"}`;
}

/** Both notations, for the title: people search for either. */
export function asTitle({ near, far }: SessionRow): string | undefined {
  const both = [near.asn, far.asn].flatMap((asn) => (asn === undefined ? [] : [`AS ${asn} (asdot ${asdot(asn)})`]));
  return both.length > 0 ? both.join(" → ") : undefined;
}
