import { asdot } from "../../lib/net/asn.ts";
import type { DeviceRow, EndRow, FabricView, SessionRow } from "../../lib/view/view.ts";

/** What the palette found in the fabric: at most `MAX_HITS` of it, and how many more there are. */
export interface PaletteHits {
  readonly devices: readonly DeviceRow[];
  readonly sessions: readonly SessionRow[];
  readonly more: number;
}

export const MAX_HITS = 50;
const MAX_DEVICES = 10;
const NONE: PaletteHits = { devices: [], sessions: [], more: 0 };

/**
 * Devices and sessions in which every word of `text` occurs: names, racks, addresses, AS numbers as `65546` and as
 * `1.10`. Names that begin with the text come first, and sessions that are not up before those that are. Empty text finds nothing: 20,000 rows are no answer.
 */
export function paletteHits(view: FabricView, text: string): PaletteHits {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 6);
  if (words.length === 0) return NONE;

  const devices = [...view.devices.values()].filter((device) => hasAll(wordsOfDevice(device), words));
  const first = words[0] ?? "";
  const begins = (device: DeviceRow) => (device.name.toLowerCase().startsWith(first) ? 0 : 1);
  devices.sort((a, b) => begins(a) - begins(b) || a.name.length - b.name.length || (a.name < b.name ? -1 : 1));

  const shownDevices = devices.slice(0, MAX_DEVICES);
  const places = MAX_HITS - shownDevices.length;
  const wrong: SessionRow[] = [];
  const well: SessionRow[] = [];
  let found = 0;
  for (const session of view.sessions.values()) {
    if (!hasAll(wordsOfSession(session), words)) continue;
    found += 1;
    const kept = session.status === "up" ? well : wrong;
    if (kept.length < places) kept.push(session);
  }
  const sessions = [...wrong, ...well].slice(0, places);
  return { devices: shownDevices, sessions, more: devices.length - shownDevices.length + found - sessions.length };
}

function hasAll(haystack: string, words: readonly string[]): boolean {
  return words.every((word) => haystack.includes(word));
}

/** Rows that did not change are the same objects: their words are put together once. */
const known = new WeakMap<object, string>();

function wordsOfDevice(device: DeviceRow): string {
  let words = known.get(device);
  if (words === undefined) {
    words = join([device.name, device.role, device.rack, ...asn(device.asn), device.routerId, device.system]);
    known.set(device, words);
  }
  return words;
}

function wordsOfSession(session: SessionRow): string {
  let words = known.get(session);
  if (words === undefined) {
    words = join([
      ...endWords(session.near),
      ...endWords(session.far),
      session.vrf === "default" ? undefined : session.vrf,
    ]);
    known.set(session, words);
  }
  return words;
}

function endWords(end: EndRow): (string | undefined)[] {
  return [end.device, end.rack, end.address, ...asn(end.asn)];
}

function asn(asNumber: number | undefined): string[] {
  return asNumber === undefined ? [] : [`as${asNumber}`, asdot(asNumber)];
}

function join(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined)
    .map((part) => part.slice(0, 200))
    .join(" ")
    .toLowerCase();
}
