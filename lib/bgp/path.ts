import { parseAsn } from "../net/asn.ts";

/** Path attributes of one route (RFC 4271 §5), and the communities that travel with it. A field is absent when it was not told. */

export const ORIGINS = ["igp", "egp", "incomplete"] as const;
export type Origin = (typeof ORIGINS)[number];

export interface PathAttributes {
  readonly origin?: Origin;
  /** Nearest AS first; empty for a route of our own AS. */
  readonly asPath?: readonly AsSegment[];
  /** Canonical addresses, the global one before a link-local one (RFC 2545 §3). */
  readonly nextHops?: readonly string[];
  readonly med?: number;
  readonly localPref?: number;
  /** The device's own preference before all else (`weight` of EOS, NX-OS and FRR). It does not travel. */
  readonly weight?: number;
  /** RFC 1997, as `65001:100`, also where the device prints a name for it. */
  readonly communities?: readonly string[];
  /** RFC 8092, as `65001:1:2`. */
  readonly largeCommunities?: readonly string[];
  /** RFC 4360, in the device's words. */
  readonly extendedCommunities?: readonly string[];
  readonly originatorId?: string;
  readonly clusterList?: readonly string[];
}

/** A number is one AS of the sequence; a list is a set, whose order means nothing. Confederation segments (RFC 5065) are told apart. */
export type AsSegment =
  | number
  | { readonly set: readonly number[] }
  | { readonly confederation: readonly number[]; readonly kind: "sequence" | "set" };

/** Well-known communities by the names that devices print (IANA; RFC 1997, 3765, 7999, 8326, 9494). */
const WELL_KNOWN: ReadonlyMap<string, string> = new Map([
  ["graceful-shutdown", "65535:0"],
  ["accept-own", "65535:1"],
  ["llgr-stale", "65535:6"],
  ["no-llgr", "65535:7"],
  ["blackhole", "65535:666"],
  ["no-export", "65535:65281"],
  ["no-advertise", "65535:65282"],
  ["no-export-subconfed", "65535:65283"],
  ["local-as", "65535:65283"],
  ["no-peer", "65535:65284"],
]);

/** One community as `high:low`, from `65001:100`, `(65001,100)`, the number itself, or a well-known name in any spelling. */
export function parseCommunity(text: string): string | undefined {
  const trimmed = text.trim();
  const pair = /^\(?\s*(\d{1,5})\s*[:,]\s*(\d{1,5})\s*\)?$/.exec(trimmed);
  if (pair) return halves(Number(pair[1]), Number(pair[2]));
  if (/^\d{1,10}$/.test(trimmed)) {
    const whole = Number(trimmed);
    return whole <= 0xff_ff_ff_ff ? halves(Math.floor(whole / 65_536), whole % 65_536) : undefined;
  }
  const name = trimmed
    .replaceAll(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replaceAll("_", "-");
  return WELL_KNOWN.get(name === "gshut" ? "graceful-shutdown" : name);
}

/** `65001:1:2`, also from `(65001, 1, 2)`. */
export function parseLargeCommunity(text: string): string | undefined {
  const parts = /^\(?\s*(\d{1,10})\s*[:,]\s*(\d{1,10})\s*[:,]\s*(\d{1,10})\s*\)?$/.exec(text.trim())?.slice(1);
  return parts?.every((part) => Number(part) <= 0xff_ff_ff_ff) ? parts.map(Number).join(":") : undefined;
}

/**
 * An AS path as devices print it: `65001 65002 {65003,65004} (65100 65101)`, each AS in asplain or asdot, with or without an
 * origin letter behind it. Undefined when any word of it is something else.
 */
export function parseAsPath(text: string): readonly AsSegment[] | undefined {
  const segments: AsSegment[] = [];
  const words = text.trim().replace(/\s*[ie?]$/, "");
  const token = /\s*(?:\{([^{}]*)\}|\(([^()]*)\)|\[([^[\]]*)\]|([\d.]+))\s*/y;
  while (token.lastIndex < words.length) {
    const found = token.exec(words);
    if (!found) return undefined;
    const [, set, sequence, confederationSet, one] = found;
    const list = set ?? sequence ?? confederationSet;
    const numbers = (list ?? one ?? "")
      .split(/[\s,]+/)
      .filter((word) => word !== "")
      .map(parseAsn);
    const known = numbers.filter((asn) => asn !== undefined);
    if (known.length !== numbers.length) return undefined;
    if (set !== undefined) segments.push({ set: known });
    else if (sequence !== undefined) segments.push({ confederation: known, kind: "sequence" });
    else if (confederationSet !== undefined) segments.push({ confederation: known, kind: "set" });
    else segments.push(...known);
  }
  return segments;
}

/** Length for the comparison of RFC 4271 §9.1.2.2: a set counts one, a confederation nothing (RFC 5065 §5.3). */
export function asPathLength(path: readonly AsSegment[]): number {
  return path.filter((segment) => typeof segment === "number" || "set" in segment).length;
}

function halves(high: number, low: number): string | undefined {
  return high <= 65_535 && low <= 65_535 ? `${high}:${low}` : undefined;
}
