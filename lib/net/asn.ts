/** AS numbers: asplain and asdot (RFC 5396). */

const MAX = 4_294_967_295;

/** A number from `65001`, `"65001"` or asdot `"1.10"`; undefined for anything else. 0 is accepted: devices print it for "unset". */
export function parseAsn(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 && value <= MAX ? value : undefined;
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  if (/^\d{1,10}$/.test(text)) return Number(text) <= MAX ? Number(text) : undefined;
  const dotted = /^(\d{1,5})\.(\d{1,5})$/.exec(text);
  if (!dotted) return undefined;
  const high = Number(dotted[1]);
  const low = Number(dotted[2]);
  return high <= 65_535 && low <= 65_535 ? high * 65_536 + low : undefined;
}

/** `65546` and `1.10` are one AS; what a search box accepts, both ways. */
export function asdot(asn: number): string {
  return asn < 65_536 ? String(asn) : `${Math.floor(asn / 65_536)}.${asn % 65_536}`;
}
