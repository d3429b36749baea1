import type { FamilyState } from "../../../lib/fabric/neighbor.ts";
import { parseAsn } from "../../../lib/net/asn.ts";
import { lastError, type ToldError } from "../switch/last-error.ts";
import type { DetailPeer } from "../switch/peer.ts";
import { toldAddress, toldAsn, wordsOf } from "../switch/scalars.ts";
import { familyOf } from "./nxos-family.ts";
import { peerKey, stateOf } from "./nxos-peer.ts";
import { instantOf, parseDuration } from "./nxos-scalars.ts";

/**
 * `show bgp all neighbors vrf all` as text, and the form for one VRF, which does not name it.
 *
 * @throws SyntaxError when no neighbor stands in it.
 */
export function parseNeighborsText(text: string, observedAt?: number, vrf = vrfIn(text)): DetailPeer[] {
  const blocks = text.split(/^(?=BGP neighbor is )/m).filter((block) => block.startsWith("BGP neighbor is "));
  if (blocks.length === 0) throw new SyntaxError('no line "BGP neighbor is ..." in it');
  return blocks.map((block) => detailPeer(block, vrf, observedAt));
}

/** The command stands above a saved answer: `show bgp vrf VRF1 all neighbors`. */
function vrfIn(text: string): string {
  const named = /^.*show bgp vrf (\S+) all neighbors/m.exec(text.slice(0, 1_000))?.[1];
  return named === undefined || named === "all" ? "default" : named;
}

function detailPeer(block: string, outer: string, observedAt: number | undefined): DetailPeer {
  const [head = ""] = block.split("\n", 1);
  const address = /^BGP neighbor is ([^\s,]+)/.exec(head)?.[1] ?? "";
  const vrf = /, VRF (\S+?),?\s*$/.exec(head)?.[1] ?? outer;
  const told = stateOf(/^ {2}BGP state = ([^,\n]+)/m.exec(block)?.[1] ?? "");
  const up = told.state === "established";
  const since = instantOf(/^ {2}BGP state = [^,\n]+, (?:up|down) for ([^\s,]+)/m.exec(block)?.[1], observedAt);
  const peerAs = toldAsn(parseAsn(/remote AS ([\d.]+)/.exec(head)?.[1]));
  const localAs = toldAsn(parseAsn(/local AS ([\d.]+)/.exec(head)?.[1]));
  const peerRouterId = toldAddress(/remote router ID (\S+)/.exec(block)?.[1]);
  const localAddress = toldAddress(/^ {2}Local host: ([^\s,]+)/m.exec(block)?.[1]);
  const description = wordsOf(/^ {2}Description: (.*)$/m.exec(block)?.[1] ?? "", 1_000);
  const dropped = /^ {2}Connections established \d+, dropped (\d+)/m.exec(block)?.[1];
  const [, hold, keepalive] = /hold time = (\d+), keepalive interval is (\d+) seconds/.exec(block) ?? [];
  const error = lastError(errorsIn(block), observedAt);
  const hops = /^ {2}External BGP peer might be up ?to (\d+) hops away/m.exec(block)?.[1];
  return {
    ...peerKey(vrf, address),
    ...told,
    ...(since !== undefined && { since }),
    ...(peerAs !== undefined && { peerAs }),
    ...(localAs !== undefined && { localAs }),
    ...(peerRouterId && { peerRouterId }),
    ...(localAddress && { localAddress }),
    ...(description && { description }),
    ...(dropped !== undefined && { flaps: Number(dropped) }),
    ...(error && { lastError: error }),
    families: familiesIn(block, up),
    timers: {
      ...(hold !== undefined && { [up ? "holdSec" : "configuredHoldSec"]: Number(hold) }),
      ...(keepalive !== undefined && { [up ? "keepaliveSec" : "configuredKeepaliveSec"]: Number(keepalive) }),
    },
    password: /^ {2}TCP MD5 authentication is enabled/m.test(block) ? "set" : "none",
    ...(hops !== undefined && { multihop: Number(hops) }),
  };
}

function errorsIn(block: string): ToldError[] {
  return (["us", "peer"] as const).flatMap((by): ToldError[] => {
    const [, age, reason] = new RegExp(`^ {2}Last reset by ${by} ([^,\\n]+), due to (.+)$`, "m").exec(block) ?? [];
    if (!reason || /^no error\s*$/i.test(reason)) return [];
    const agoSec = parseDuration(age)?.seconds;
    return [{ direction: by === "us" ? "local" : "received", text: reason, ...(agoSec !== undefined && { agoSec }) }];
  });
}

function familiesIn(block: string, up: boolean): FamilyState[] {
  const families = new Map<FamilyState["family"], FamilyState>();
  for (const [, name = "", theirs] of block.matchAll(/^ {2}Address family (.+?): advertised( received)?\s*$/gm)) {
    const family = familyOf(name);
    families.set(family, { family, ...(up && { negotiated: theirs !== undefined }) });
  }
  for (const part of block.split(/^(?= {2}For address family: )/m).slice(1)) {
    const family = familyOf(/^ {2}For address family: (.+?)\s*$/m.exec(part)?.[1] ?? "");
    const accepted = /^ {2}(\d+) accepted paths/m.exec(part)?.[1];
    const sent = /^ {2}(\d+) sent paths/m.exec(part)?.[1];
    const max = /^ {2}Maximum prefixes allowed (\d+)/m.exec(part)?.[1];
    families.set(family, {
      ...(families.get(family) ?? { family }),
      ...(up && accepted !== undefined && { accepted: Number(accepted) }),
      ...(up && sent !== undefined && { advertised: Number(sent) }),
      ...(max !== undefined && { limit: { max: Number(max) } }),
    });
  }
  return [...families.values()];
}
