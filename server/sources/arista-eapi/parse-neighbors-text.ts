import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import type { FamilyState, PrefixLimit } from "../../../lib/fabric/neighbor.ts";
import { parseAsn } from "../../../lib/net/asn.ts";
import { lastError, type ToldError } from "../switch/last-error.ts";
import type { DetailPeer } from "../switch/peer.ts";
import { toldAddress, toldAsn, wordsOf } from "../switch/scalars.ts";
import { familyOf } from "./eos-family.ts";
import { peerKey } from "./eos-peer.ts";
import { heldDown, peerState, rawState } from "./peer-state.ts";

/**
 * The text form of `show ip bgp neighbors vrf all` and `show ipv6 bgp peers vrf all`: what EOS gives where it has no
 * JSON. Ages are words of two units (`27d04h`): too coarse for an instant, so none is told.
 *
 * @throws SyntaxError for a text that does not begin with a neighbor and is not empty.
 */
export function parseNeighborsText(text: string): DetailPeer[] {
  const [before = "", ...blocks] = text.split(/^BGP neighbor is /m);
  if (before.trim() !== "") {
    throw new SyntaxError(`expected "BGP neighbor is ADDRESS", found ${JSON.stringify(wordsOf(before, 80) ?? "")}`);
  }
  return blocks.map(detailPeer);
}

function detailPeer(block: string): DetailPeer {
  const lines = block.split(/\r?\n/).map((line) => line.slice(0, 2_000));
  const told = (pattern: RegExp): string | undefined => {
    for (const line of lines) {
      const match = pattern.exec(line);
      if (match) return match[1];
    }
    return undefined;
  };
  const head = /^([^\s,]{1,256}), remote AS ([\d.]{1,21}),? ?(internal|external)?/.exec(lines[0] ?? "");
  const word = told(/^ {2}BGP state is ([^,]+)/);
  const parsed = word === undefined ? undefined : peerState.safeParse(word);
  if (!head || !parsed?.success) {
    const what = head ? `the state of ${head[1]}` : JSON.stringify(wordsOf(lines[0] ?? "", 80) ?? "");
    throw new SyntaxError(`BGP neighbor that we cannot read: ${what}`);
  }
  const { state, reason } = parsed.data;
  const up = state === "established";
  const held = heldDown(state, reason);
  const raw = rawState(state, reason);
  const peerAs = toldAsn(parseAsn(head[2]));
  const localAs = toldAsn(parseAsn(told(/^Local AS is ([\d.]+)/)));
  const peerRouterId = toldAddress(told(/remote router ID ([\d.]+)/));
  const localRouterId = toldAddress(told(/local router ID ([\d.]+)/));
  const localAddress = toldAddress(told(/^Local TCP address is ([^\s,]+)/));
  const description = wordsOf(told(/^ {2}Description: (.*)/)?.replace(/^"(.*)"$/, "$1") ?? "", 1_000);
  const transitions = numberOf(told(/Number of transitions to established: (\d+)/));
  const ttl = numberOf(told(/^TTL is (\d+)/));
  const error = lastError(errorsOf(lines), undefined);
  const inForce = lines.map((line) => HOLD.exec(line)).find((match) => match !== null);
  const configured = lines.map((line) => CONFIGURED.exec(line)).find((match) => match !== null);
  return {
    ...peerKey(told(/, VRF (\S+)/) ?? "default", head[1] ?? ""),
    state,
    ...(raw && { rawState: raw }),
    ...(peerAs !== undefined && { peerAs }),
    ...(localAs !== undefined && { localAs }),
    ...(peerRouterId && { peerRouterId }),
    ...(localRouterId && { localRouterId }),
    ...(localAddress && { localAddress }),
    ...(description && { description }),
    ...(held && { heldDown: held }),
    ...(transitions !== undefined && { flaps: Math.max(0, transitions - (up ? 1 : 0)) }),
    ...(error && { lastError: error }),
    families: familiesOf(lines, up),
    timers: {
      ...(up && inForce && { holdSec: Number(inForce[1]), keepaliveSec: Number(inForce[2]) }),
      ...(configured && { configuredHoldSec: Number(configured[1]), configuredKeepaliveSec: Number(configured[2]) }),
    },
    ...(head[3] === "external" && ttl !== undefined && ttl > 1 && { multihop: ttl }),
  };
}

const HOLD = /^ {2}Hold time is (\d{1,5}), keepalive interval is (\d{1,5})/;
const CONFIGURED = /^ {2}Configured hold time is (\d{1,5}), keepalive interval is (\d{1,5})/;
const ERROR = /^ {2}Last (sent|rcvd) (notification|socket-error):([^,]{1,200})(?:, Last time\s+([^,\s]+))?/;

function errorsOf(lines: readonly string[]): ToldError[] {
  return lines.flatMap((line): ToldError[] => {
    const [, way, kind, text, age] = ERROR.exec(line) ?? [];
    if (text === undefined) return [];
    const direction = kind === "socket-error" ? "local" : way === "sent" ? "sent" : "received";
    const agoSec = age === undefined ? undefined : ageSec(age);
    return [{ direction, text, ...(agoSec !== undefined && { agoSec }) }];
  });
}

/** `00:04:09`, `27d04h`, `3w2d`: fit for telling which is younger, no more. */
function ageSec(age: string): number | undefined {
  const clock = /^(\d{1,3}):(\d\d):(\d\d)$/.exec(age);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const [, years, weeks, days, hours] = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?$/.exec(age) ?? [];
  if (!years && !weeks && !days && !hours) return undefined;
  return ((Number(years ?? 0) * 52 + Number(weeks ?? 0)) * 7 + Number(days ?? 0)) * 86_400 + Number(hours ?? 0) * 3600;
}

function familiesOf(lines: readonly string[], up: boolean): FamilyState[] {
  const limit = limitOf(lines);
  const counts = new Map<AddressFamily, { advertised: number; received: number }>();
  const families = new Map<AddressFamily, FamilyState>();
  let table = false;
  for (const line of lines) {
    if (/^ {2}Prefix statistics:/i.test(line)) table = true;
    const row = table ? /^ {4}([A-Za-z0-9 -]{1,40}):\s+(\d{1,10})\s+(\d{1,10})/.exec(line) : null;
    if (row) counts.set(familyOf(row[1] ?? ""), { advertised: Number(row[2]), received: Number(row[3]) });
    else if (table && !/^ {4}/.test(line) && !/Prefix statistics/i.test(line)) table = false;
    const capability = /^ {4}Multiprotocol ([^:]{1,40}): (.*)$/.exec(line);
    if (capability) {
      const family = familyOf(capability[1] ?? "");
      families.set(family, { family, ...(up && { negotiated: /negotiated/.test(capability[2] ?? "") }) });
    }
  }
  return [...families.values()].map((told) => ({ ...told, ...counts.get(told.family), ...(limit && { limit }) }));
}

function limitOf(lines: readonly string[]): PrefixLimit | undefined {
  const line = lines.find((each) => each.includes("Configured maximum total number of routes is"));
  const max = numberOf(/is (\d{1,10})/.exec(line ?? "")?.[1]);
  const warn = numberOf(/warning limit (?:is )?(\d{1,10})/i.exec(line ?? "")?.[1]);
  if (!max) return undefined;
  return { max, ...(warn && warn <= max && { warnAtPercent: Math.round((100 * warn) / max) }) };
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
