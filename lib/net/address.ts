/**
 * IP addresses as text, in one canonical form: IPv4 dotted, IPv6 by RFC 5952, zone kept (`fe80::1%eth0`).
 * Two addresses are equal exactly when their canonical texts are.
 */

export type IpVersion = 4 | 6;

/** The canonical form, or undefined when `text` is not an IP address. Leading zeros in IPv4 are refused (ambiguous). */
export function canonicalAddress(text: string): string | undefined {
  const [body, zone] = splitZone(text);
  const bytes = body.includes(":") ? bytesOf6(body) : bytesOf4(body);
  if (!bytes) return undefined;
  if (bytes.length === 4) return zone === undefined ? bytes.join(".") : undefined;
  return zone === undefined ? text6(bytes) : `${text6(bytes)}%${zone}`;
}

export function ipVersion(canonical: string): IpVersion {
  return canonical.includes(":") ? 6 : 4;
}

export function isLinkLocal(canonical: string): boolean {
  return /^fe[89ab]/.test(canonical) || canonical.startsWith("169.254.");
}

/** Whether `host`, as a URL or a setting has it, is this machine alone: `localhost`, 127.0.0.0/8, `::1`. */
export function isLoopback(host: string): boolean {
  const address = canonicalAddress(host.replace(/^\[(.*)\]$/, "$1"));
  return host.toLowerCase() === "localhost" || address === "::1" || (address?.startsWith("127.") ?? false);
}

export interface Prefix {
  readonly address: string;
  readonly length: number;
}

/** Parses `10.0.0.1/31` without masking host bits; undefined when it is not a prefix. */
export function parsePrefix(text: string): Prefix | undefined {
  const slash = text.lastIndexOf("/");
  if (slash < 1) return undefined;
  const address = canonicalAddress(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (!address || !/^\d{1,3}$/.test(digits)) return undefined;
  const length = Number(digits);
  return length <= (ipVersion(address) === 4 ? 32 : 128) ? { address, length } : undefined;
}

/** Whether the network of `prefix` holds `address`. Families that differ never contain each other. */
export function contains(prefix: Prefix, address: string): boolean {
  const net = addressBytes(prefix.address);
  const host = addressBytes(address);
  if (!net || !host || net.length !== host.length) return false;
  for (let i = 0, left = prefix.length; left > 0; i++, left -= 8) {
    const mask = left >= 8 ? 0xff : (0xff << (8 - left)) & 0xff;
    if (((net[i] ?? 0) & mask) !== ((host[i] ?? 0) & mask)) return false;
  }
  return true;
}

/** Numeric order, IPv4 before IPv6; texts that are no addresses come last, by text. */
export function compareAddresses(a: string, b: string): number {
  const left = addressBytes(a);
  const right = addressBytes(b);
  if (!left || !right) return left ? -1 : right ? 1 : a < b ? -1 : a > b ? 1 : 0;
  if (left.length !== right.length) return left.length - right.length;
  for (let i = 0; i < left.length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** 4 or 16 numbers, network order; undefined when `text` is no address. A zone is ignored. */
export function addressBytes(text: string): readonly number[] | undefined {
  const [body] = splitZone(text);
  return body.includes(":") ? bytesOf6(body) : bytesOf4(body);
}

function splitZone(text: string): [string, string | undefined] {
  const percent = text.indexOf("%");
  return percent < 0 ? [text, undefined] : [text.slice(0, percent), text.slice(percent + 1)];
}

function bytesOf4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const bytes: number[] = [];
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bytes.push(Number(part));
  }
  return bytes;
}

function bytesOf6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = words6(halves[0] ?? "", halves.length === 1);
  const tail = halves.length === 2 ? words6(halves[1] ?? "", true) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const words = [...head, ...Array<number>(missing).fill(0), ...tail];
  return words.flatMap((word) => [word >> 8, word & 0xff]);
}

/** 16-bit words of one side of `::`; the last group of the address may be dotted IPv4 (RFC 4291 §2.2). */
function words6(text: string, last: boolean): number[] | undefined {
  if (text === "") return [];
  const groups = text.split(":");
  const words: number[] = [];
  for (const [i, group] of groups.entries()) {
    if (group.includes(".")) {
      const v4 = last && i === groups.length - 1 ? bytesOf4(group) : undefined;
      if (!v4) return undefined;
      words.push(((v4[0] ?? 0) << 8) | (v4[1] ?? 0), ((v4[2] ?? 0) << 8) | (v4[3] ?? 0));
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
      words.push(Number.parseInt(group, 16));
    }
  }
  return words.length <= 8 ? words : undefined;
}

/** RFC 5952: lower case, the longest run of two or more zero words becomes `::`, the first of equals. */
function text6(bytes: readonly number[]): string {
  const words = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && words[i + run] === 0) run++;
    if (run > length) [start, length] = [i, run];
    if (run > 0) i += run - 1;
  }
  const hex = words.map((word) => word.toString(16));
  if (start < 0) return hex.join(":");
  return `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}
