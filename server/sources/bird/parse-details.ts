/** What stands below a BGP protocol in `show protocols all`, by `proto/bgp/bgp.c` and `nest/proto.c` of 1.6 and 2.x. */
export interface Details {
  description?: string;
  message?: string;
  vrf?: string;
  bgpState?: string;
  /** With `%interface` where the protocol is bound to one. */
  neighborAddress?: string;
  neighborAs?: string;
  localAs?: string;
  routerId?: string;
  neighborId?: string;
  sourceAddress?: string;
  lastError?: string;
  /** `remaining/negotiated`. */
  holdTimer?: string;
  keepaliveTimer?: string;
  connectDelay?: string;
  localRestart?: RestartCapability;
  neighborRestart?: RestartCapability;
  /** The neighbor is gone, and its routes are kept for now. */
  restartActive?: true;
  readonly channels: Channel[];
  /** Lines with a key that we know and a form that we do not. */
  unread: number;
}

/** Graceful restart in a list of capabilities: `restart` where a time stands with it, `helper` where it stands alone. */
export interface RestartCapability {
  role: "off" | "helper" | "restart";
  restartSec?: number;
}

/** A channel of 2.x, or the one table of 1.6, which has no name. */
export interface Channel {
  name?: string;
  state?: string;
  receiveLimit?: Limit | undefined;
  importLimit?: Limit | undefined;
  exportLimit?: Limit | undefined;
  imported?: number;
  filtered?: number;
  exported?: number;
  preferred?: number;
}

export interface Limit {
  max: number;
  hit: boolean;
  action?: string;
}

/** Where the reading stands: lines belong to the channel and the limit that were named last. */
interface Reading {
  readonly text: string;
  readonly details: Details;
  channel: Channel;
  limit: Limit | undefined;
}

/** Takes a value; may answer where to read on, when what follows is known and not wanted. */
type Put = (reading: Reading, value: string, next: number) => number | undefined;

const KEYS: readonly (readonly [key: string, put: Put])[] = [
  ["Action:", keep(({ limit }, value) => limit && Object.assign(limit, { action: value }))],
  ["BGP state:", keep(({ details }, value) => (details.bgpState = value))],
  ["Channel ", keep(openChannel)],
  ["Connect delay:", keep(({ details }, value) => (details.connectDelay = value))],
  ["Description:", keep(({ details }, value) => (details.description = value))],
  ["Export limit:", keep((reading, value) => (reading.channel.exportLimit = limitIn(reading, value)))],
  ["Hold timer:", keep(({ details }, value) => (details.holdTimer = value))],
  ["Import limit:", keep((reading, value) => (reading.channel.importLimit = limitIn(reading, value)))],
  ["Keepalive timer:", keep(({ details }, value) => (details.keepaliveTimer = value))],
  ["Last error:", keep(({ details }, value) => (details.lastError = value))],
  ["Local AS:", keep(({ details }, value) => (details.localAs = value))],
  ["Local capabilities", localCapabilities],
  ["Message:", keep(({ details }, value) => (details.message = value))],
  ["Neighbor AS:", keep(({ details }, value) => (details.neighborAs = value))],
  ["Neighbor ID:", keep(({ details }, value) => (details.neighborId = value))],
  ["Neighbor address:", keep(({ details }, value) => (details.neighborAddress = value))],
  ["Neighbor capabilities", neighborCapabilities],
  ["Neighbor caps:", keep(({ details }, value) => (details.neighborRestart = restartInWords(value)))],
  ["Neighbor graceful restart active", keep(({ details }) => (details.restartActive = true))],
  ["Receive limit:", keep((reading, value) => (reading.channel.receiveLimit = limitIn(reading, value)))],
  ["Restart timer:", keep(({ details }) => (details.restartActive = true))],
  ["Route change stats:", ({ text }, _value, next) => afterStats(text, next)],
  ["Router ID:", keep(({ details }, value) => (details.routerId = value))],
  ["Routes:", keep(({ channel, details }, value) => readRoutes(channel, value, details))],
  ["Source address:", keep(({ details }, value) => (details.sourceAddress = value))],
  ["State:", keep(({ channel }, value) => (channel.state = value))],
  ["VRF:", keep(({ details }, value) => (details.vrf = value))],
];

function keep(put: (reading: Reading, value: string) => unknown): Put {
  return (reading, value) => {
    put(reading, value);
    return undefined;
  };
}

const BLANK = 32;
const TAB = 9;

/** By the code of the first letter. */
const BY_LETTER: readonly (readonly (readonly [string, Put])[] | undefined)[] = Array.from(
  { length: 128 },
  (_, code) => {
    const keys = KEYS.filter(([key]) => key.charCodeAt(0) === code);
    return keys.length > 0 ? keys : undefined;
  },
);

/**
 * Reads `text`, lines in the socket's form. A line costs one look at its first letter: of the 22 MB that 10,000
 * sessions print, most is counters that we do not use. Unknown keys pass.
 */
export function parseDetails(text: string): Details {
  const details: Details = { channels: [], unread: 0 };
  const reading: Reading = { text, details, channel: {}, limit: undefined };
  const unnamed = reading.channel;

  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline;
    let start = at + (text.charCodeAt(at) === BLANK ? 1 : 5);
    at = end + 1;
    while (isBlank(text.charCodeAt(start))) start++;
    const keys = start < end ? BY_LETTER[text.charCodeAt(start)] : undefined;
    if (!keys) continue;
    for (const [key, put] of keys) {
      if (!text.startsWith(key, start)) continue;
      at = put(reading, valueIn(text, start + key.length, end), at) ?? at;
      break;
    }
  }
  if (details.channels.length === 0) details.channels.push(unnamed);
  return details;
}

function isBlank(code: number): boolean {
  return code === BLANK || code === TAB || code === 13;
}

/** `slice` and `trim` in one: half the garbage. */
function valueIn(text: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function openChannel(reading: Reading, name: string): void {
  reading.channel = { name };
  reading.limit = undefined;
  reading.details.channels.push(reading.channel);
}

function localCapabilities({ text, details }: Reading, _value: string, next: number): number {
  const end = text.indexOf("Neighbor capabilities", next);
  details.localRestart = restartIn(text, next, end, details);
  return end < 0 ? next : text.lastIndexOf("\n", end) + 1;
}

function neighborCapabilities({ text, details }: Reading, _value: string, next: number): number {
  const end = text.indexOf("Session:", next);
  details.neighborRestart = restartIn(text, next, end, details);
  return end < 0 ? next : text.lastIndexOf("\n", end) + 1;
}

const RESTART = "Graceful restart";

/** `Graceful restart` alone is a helper; with `Restart time` below it, a speaker that restarts itself. */
function restartIn(text: string, from: number, end: number, details: Details): RestartCapability {
  const at = text.indexOf(RESTART, from);
  if (at < 0 || at > end) return { role: "off" };
  const time = /^\s*Restart time: (\d{1,5}|.*)\n/.exec(text.slice(at + RESTART.length, at + RESTART.length + 60));
  if (!time) return { role: "helper" };
  if (/^\d+$/.test(time[1] ?? "")) return { role: "restart", restartSec: Number(time[1]) };
  details.unread++;
  return { role: "restart" };
}

/** Five rows of counters, of which the last is `Export withdraws`. */
function afterStats(text: string, next: number): number | undefined {
  const last = text.indexOf("Export withdraws:", next);
  return last < 0 || last > next + 600 ? undefined : last;
}

/** `1000`, or `1000 [HIT]` where it is exceeded. */
function limitIn(reading: Reading, value: string): Limit | undefined {
  const parts = /^(\d{1,10})( \[HIT\])?$/.exec(value);
  if (!parts) reading.details.unread++;
  reading.limit = parts ? { max: Number(parts[1]), hit: parts[2] !== undefined } : undefined;
  return reading.limit;
}

/** `6 imported, 1 filtered, 8 exported, 6 preferred`; `filtered` only with `keep filtered`. */
function readRoutes(channel: Channel, value: string, details: Details): void {
  for (let at = 0; at < value.length; ) {
    let count = 0;
    let digits = 0;
    for (let digit = value.charCodeAt(at) - 48; digit >= 0 && digit <= 9; digit = value.charCodeAt(++at) - 48) {
      count = count * 10 + digit;
      digits++;
    }
    if (digits === 0 || digits > 10 || value.charCodeAt(at) !== BLANK) {
      details.unread++;
      return;
    }
    const comma = value.indexOf(",", ++at);
    const wordLength = (comma < 0 ? value.length : comma) - at;
    if (value.startsWith("imported", at) && wordLength === 8) channel.imported = count;
    else if (value.startsWith("filtered", at) && wordLength === 8) channel.filtered = count;
    else if (value.startsWith("exported", at) && wordLength === 8) channel.exported = count;
    else if (value.startsWith("preferred", at) && wordLength === 9) channel.preferred = count;
    at = comma < 0 ? value.length : comma + 2;
  }
}

/** 1.6: `refresh enhanced-refresh restart-able llgr-able AS4`. */
function restartInWords(caps: string): RestartCapability {
  const words = caps.split(" ");
  return { role: words.includes("restart-able") ? "restart" : words.includes("restart-aware") ? "helper" : "off" };
}
