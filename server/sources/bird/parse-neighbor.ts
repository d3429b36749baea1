import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import { parseSessionState, type SessionState } from "../../../lib/bgp/session-state.ts";
import {
  type FamilyState,
  type GracefulRestart,
  type Neighbor,
  neighborId,
  type PrefixLimit,
  type Timers,
} from "../../../lib/fabric/neighbor.ts";
import { canonicalAddress, ipVersion, isLinkLocal } from "../../../lib/net/address.ts";
import { parseAsn } from "../../../lib/net/asn.ts";
import { errorInRow, parseHeldDown, parseLastError } from "./last-error.ts";
import { type Channel, type Details, type Limit, parseDetails } from "./parse-details.ts";
import type { BgpBlock, BgpRow } from "./parse-protocols.ts";
import { type Clock, parseSince } from "./since.ts";
import { field, MAX_WORDS_CHARS, own } from "./text.ts";

/** What is needed beside the block itself. */
export interface Setting {
  readonly device: string;
  readonly clock: Clock;
  /** Of the daemon, from `show status`. */
  readonly routerId?: string;
  /** The neighbor as this source told it last, so that its instant does not change when BIRD starts to print only days. */
  readonly earlier?: (name: string) => Neighbor | undefined;
  /** Called for each line with a key that we know and a value that we cannot read. */
  readonly unread?: (lines: number) => void;
}

/**
 * One BGP protocol, without BFD: that is another command's (`parse-bfd.ts`). Two answers give equal neighbors when nothing but running timers and counters changed.
 *
 * @throws SyntaxError for a BGP state that we do not know, and for a neighbor address or AS that is none.
 */
export function parseNeighbor(block: BgpBlock, setting: Setting): Neighbor {
  const { row } = block;
  const details = parseDetails(block.details);
  if (details.unread > 0) setting.unread?.(details.unread);
  const { state, heldDown, rawState } = stateOf(row, details);
  const error = parseLastError(details.lastError ?? errorInRow(row.info), heldDown ? undefined : details.message);
  const vrf = details.vrf === undefined || details.vrf === "" ? "default" : field(details.vrf, 64);
  const name = own(row.name);
  const address = peerAddress(details.neighborAddress, row.name);
  const localAddress = localAddressOf(details, address.text, setting.earlier?.(name));
  const routerId = details.routerId ?? setting.routerId;
  const since = sinceOf(row, state, name, setting);
  const restart = restartOf(details);

  return {
    id: neighborId(setting.device, vrf, name),
    device: setting.device,
    vrf,
    name,
    ...(address.text !== undefined && { neighborAddress: address.text }),
    ...(localAddress !== undefined && { localAddress }),
    ...(address.interface !== undefined && { interface: address.interface }),
    ...asns(details, row.name),
    ...(routerId !== undefined && { localRouterId: own(routerId) }),
    ...(details.neighborId !== undefined && { peerRouterId: field(details.neighborId, 40) }),
    ...(details.description && { description: field(details.description) }),
    state,
    ...(heldDown && { heldDown }),
    ...(since !== undefined && { since }),
    ...(error && { lastError: error }),
    families: familiesOf(details, state, address.text, block.details !== ""),
    timers: timersOf(details),
    ...(restart && { gracefulRestart: restart }),
    ...(rawState !== undefined && { rawState }),
  };
}

/** BIRD prints no source address of a session that is down. What it spoke from before is what it will try from again. */
function localAddressOf(details: Details, neighborAddress: string | undefined, earlier?: Neighbor): string | undefined {
  const told = details.sourceAddress === undefined ? undefined : canonical(details.sourceAddress);
  if (told !== undefined) return own(told);
  return earlier?.neighborAddress === neighborAddress ? earlier?.localAddress : undefined;
}

interface StateOf {
  readonly state: SessionState;
  readonly heldDown?: NonNullable<Neighbor["heldDown"]>;
  readonly rawState?: string;
}

/** BIRD's words that are no state of RFC 4271. `Passive`: it waits for the other end, and will not call. */
function stateOf(row: BgpRow, details: Details): StateOf {
  const blank = row.info.indexOf(" ");
  const told = details.bgpState ?? (blank < 0 ? row.info : row.info.slice(0, blank));
  if (row.protocolState === "down" || told === "Down" || (row.protocolState === "flush" && row.info === "")) {
    const known = row.info === "" || row.info.startsWith("Automatic shutdown: ");
    return {
      state: "idle",
      heldDown: parseHeldDown(row.info, details.message),
      rawState: known ? "Down" : field(row.info, MAX_WORDS_CHARS),
    };
  }
  if (told === "Passive") return { state: "active", heldDown: { by: "passive" }, rawState: told };
  if (told === "Close") return { state: "idle", rawState: told };
  if (told === "" && row.protocolState !== "up") return { state: "idle", rawState: row.protocolState };
  const state = parseSessionState(told);
  if (!state)
    throw new SyntaxError(`protocol ${row.name.slice(0, 80)}: unknown BGP state ${JSON.stringify(told.slice(0, 80))}`);
  return { state };
}

function sinceOf(row: BgpRow, state: SessionState, name: string, { clock, earlier }: Setting): number | undefined {
  const since = parseSince(row.since, clock);
  if (!since) return undefined;
  if (!since.dayOnly) return since.at;
  const before = earlier?.(name);
  const known = before?.state === state ? before.since : undefined;
  return known !== undefined && known >= since.at && known < since.at + 86_400_000 ? known : since.at;
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** `canonicalAddress`, but what most addresses are in most answers is seen at a glance. */
function canonical(text: string): string | undefined {
  return IPV4.test(text) ? text : canonicalAddress(text);
}

/** @throws SyntaxError when a value stands there that is no address. A range (`Neighbor range`) has no line here. */
function peerAddress(told: string | undefined, protocol: string): { text?: string; interface?: string } {
  if (told === undefined) return {};
  const percent = told.indexOf("%");
  const bare = canonical(percent < 0 ? told : told.slice(0, percent));
  if (bare === undefined) {
    throw new SyntaxError(
      `protocol ${protocol.slice(0, 80)}: no neighbor address: ${JSON.stringify(told.slice(0, 80))}`,
    );
  }
  if (percent < 0) return { text: own(bare) };
  const port = field(told.slice(percent + 1), 64);
  return { text: isLinkLocal(bare) && ipVersion(bare) === 6 ? `${bare}%${port}` : own(bare), interface: port };
}

function asns({ localAs, neighborAs }: Details, protocol: string): { localAs?: number; peerAs?: number } {
  const local = localAs === undefined ? undefined : parseAsn(localAs);
  const peer = neighborAs === undefined ? undefined : parseAsn(neighborAs);
  if ((localAs !== undefined && local === undefined) || (neighborAs !== undefined && peer === undefined)) {
    throw new SyntaxError(
      `protocol ${protocol.slice(0, 80)}: no AS number: ${JSON.stringify((neighborAs ?? "").slice(0, 40))}`,
    );
  }
  // `neighbor internal` and `external` print 0 until an OPEN tells the number.
  return { ...(local && { localAs: local }), ...(peer && { peerAs: peer }) };
}

const FAMILY: ReadonlyMap<string, AddressFamily> = new Map([
  ["ipv4", "ipv4-unicast"],
  ["ipv6", "ipv6-unicast"],
  ["vpn4", "ipv4-vpn"],
  ["vpn6", "ipv6-vpn"],
  ["vpn4-mpls", "ipv4-vpn"],
  ["vpn6-mpls", "ipv6-vpn"],
  ["evpn", "l2vpn-evpn"],
]);

/** 1.6 has one table and does not name its family: a daemon of 1.6 speaks the family of its neighbor's address. */
function familiesOf(
  details: Details,
  state: SessionState,
  address: string | undefined,
  told: boolean,
): readonly FamilyState[] {
  const [first] = details.channels;
  if (!told || (first?.name === undefined && address === undefined)) return [];
  return details.channels.map((channel) => familyOf(channel, state, address));
}

function familyOf(channel: Channel, state: SessionState, address: string | undefined): FamilyState {
  const { name, imported, filtered, exported, preferred } = channel;
  const ofAddress = address?.includes(":") ? "ipv6-unicast" : "ipv4-unicast";
  const limit = limitOf(channel);
  const negotiated =
    state !== "established" ? undefined : channel.state === "UP" ? true : channel.state === "DOWN" ? false : undefined;
  return {
    family: name === undefined ? ofAddress : (FAMILY.get(name) ?? "other"),
    ...(negotiated !== undefined && { negotiated }),
    ...(imported !== undefined && filtered !== undefined && { received: imported + filtered }),
    ...(imported !== undefined && { accepted: imported }),
    ...(preferred !== undefined && { best: preferred }),
    ...(exported !== undefined && { advertised: exported }),
    ...(limit && { limit }),
  };
}

const ACTIONS = new Set<string>(["warn", "block", "restart", "disable"]);

/** Of the limits on what comes in: the one that is hit, or the one after the import filter. */
function limitOf({ receiveLimit, importLimit }: Channel): PrefixLimit | undefined {
  const limit: Limit | undefined =
    receiveLimit?.hit && !importLimit?.hit ? receiveLimit : (importLimit ?? receiveLimit);
  if (!limit) return undefined;
  return { max: limit.max, exceeded: limit.hit, ...(isAction(limit.action) && { action: limit.action }) };
}

function isAction(word: string | undefined): word is NonNullable<PrefixLimit["action"]> {
  return word !== undefined && ACTIONS.has(word);
}

/** The number after the slash. What stands before it runs, and would make every poll a change. */
function timersOf({ holdTimer, keepaliveTimer, connectDelay }: Details): Timers {
  const holdSec = afterSlash(holdTimer);
  const keepaliveSec = afterSlash(keepaliveTimer);
  const connectRetrySec = afterSlash(connectDelay);
  return {
    ...(holdSec !== undefined && { holdSec }),
    ...(keepaliveSec !== undefined && { keepaliveSec }),
    ...(connectRetrySec !== undefined && { connectRetrySec }),
  };
}

function afterSlash(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const digits = text.slice(text.indexOf("/") + 1);
  return /^\d{1,6}$/.test(digits) ? Number(digits) : undefined;
}

function restartOf({ localRestart, neighborRestart, restartActive }: Details): GracefulRestart | undefined {
  if (!localRestart && !neighborRestart && !restartActive) return undefined;
  return {
    ...(localRestart && { local: localRestart.role }),
    ...(neighborRestart && { peer: neighborRestart.role }),
    ...(neighborRestart?.restartSec !== undefined && { restartSec: neighborRestart.restartSec }),
    ...(restartActive && { keepingStale: true }),
  };
}
