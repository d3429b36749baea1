import { z } from "zod";
import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import type { FamilyState, GracefulRestart, PrefixLimit, Timers } from "../../../lib/fabric/neighbor.ts";
import { eachEntry, fewNamed, keyed } from "../switch/each-entry.ts";
import { lastError, type ToldError } from "../switch/last-error.ts";
import type { DetailPeer } from "../switch/peer.ts";
import { asn, count, flag, freeText, keyText, seconds, toldAddress, toldAsn } from "../switch/scalars.ts";
import { familyOf } from "./eos-family.ts";
import { peerKey } from "./eos-peer.ts";
import { heldDown, peerState, rawState } from "./peer-state.ts";

const Ago = z.object({ time: seconds.optional() }).optional();
const Code = z.union([z.string(), z.number()]).nullish();
const Capability = z.object({ advertised: flag.optional(), received: flag.optional(), enabled: flag.optional() });

const Peer = z.object({
  peerAddress: keyText,
  ifName: keyText.optional(),
  asn: asn.optional(),
  localAsn: asn.optional(),
  linkType: z.string().optional(),
  /** TCP MD5 (RFC 2385); the key itself is never in the answer. ANTA's VerifyBGPPeerMD5Auth reads the same field. */
  md5AuthEnabled: flag.optional(),
  routerId: z.string().optional(),
  localRouterId: z.string().optional(),
  updateSource: z.string().optional(),
  description: freeText.optional(),
  state: peerState.optional(),
  idleReason: z.string().nullish(),
  establishedTime: seconds.optional(),
  establishedTransitions: count.optional(),
  holdTime: count.optional(),
  keepaliveTime: count.optional(),
  configHoldTime: count.optional(),
  configKeepaliveTime: count.optional(),
  connectInterval: count.optional(),
  establishFailHint: z.string().nullish(),
  lastErrorCode: Code,
  lastErrorSubcode: Code,
  lastErrorTimeInfo: Ago,
  lastErrorRcvdCode: Code,
  lastErrorRcvdSubcode: Code,
  lastErrorRcvdTimeInfo: Ago,
  lastSocketOutErrorMsg: z.string().nullish(),
  lastSocketOutErrorTimeInfo: Ago,
  lastSocketInErrorMsg: z.string().nullish(),
  lastSocketInErrorTimeInfo: Ago,
  prefixesReceived: count.optional(),
  prefixesSent: count.optional(),
  v4BestPaths: count.optional(),
  v6PrefixesReceived: count.optional(),
  v6PrefixesSent: count.optional(),
  v6BestPaths: count.optional(),
  maxTotalRoutes: count.optional(),
  totalRoutesWarnLimit: count.optional(),
  ttl: count.optional(),
  neighborCapabilities: z
    .object({
      multiprotocolCaps: fewNamed(Capability).optional(),
      gracefulRestartCap: Capability.optional(),
    })
    .optional(),
});
type Peer = z.infer<typeof Peer>;

const Answer = z.object({ vrfs: keyed });
const Vrf = z.object({ peerList: z.array(z.unknown()) });

/**
 * `show bgp neighbors vrf all`, `show ip bgp neighbors vrf all`, `show ipv6 bgp peers vrf all` as JSON: one model.
 * Countdowns and message counters are left out: a peer at which nothing happens reads the same every time.
 *
 * @param observedAt epoch ms; without it ages cannot become instants, and are left out.
 * @throws ZodError for an answer that is none of these.
 */
export function parseNeighbors(answer: unknown, observedAt?: number): DetailPeer[] {
  return eachEntry(Answer.parse(answer).vrfs, Vrf, ["vrfs"]).flatMap(([vrf, { peerList }]) =>
    eachEntry(peerList, Peer, ["vrfs", vrf, "peerList"]).map(([, peer]) => detailPeer(vrf, peer, observedAt)),
  );
}

function detailPeer(vrf: string, peer: Peer, observedAt: number | undefined): DetailPeer {
  const state = peer.state?.state;
  const up = state === "established";
  const reason = peer.state?.reason ?? peer.idleReason ?? undefined;
  const held = heldDown(state, reason);
  const raw = state && rawState(state, reason);
  const error = lastError(errorsOf(peer, up), observedAt);
  const restart = gracefulRestart(peer, up);
  const peerAs = toldAsn(peer.asn);
  const localAs = toldAsn(peer.localAsn);
  const peerRouterId = toldAddress(peer.routerId);
  const localRouterId = toldAddress(peer.localRouterId);
  const localAddress = toldAddress(peer.updateSource);
  const transitions = peer.establishedTransitions;
  return {
    ...peerKey(vrf, peer.peerAddress, peer.ifName),
    ...(state && { state }),
    ...(raw && { rawState: raw }),
    ...(up &&
      observedAt !== undefined &&
      peer.establishedTime !== undefined && { since: Math.round(observedAt / 1000 - peer.establishedTime) * 1000 }),
    ...(peerAs !== undefined && { peerAs }),
    ...(localAs !== undefined && { localAs }),
    ...(peerRouterId && { peerRouterId }),
    ...(localRouterId && { localRouterId }),
    ...(localAddress && { localAddress }),
    ...(peer.description && { description: peer.description }),
    ...(held && { heldDown: held }),
    ...(transitions !== undefined && { flaps: Math.max(0, transitions - (up ? 1 : 0)) }),
    ...(error && { lastError: error }),
    families: familiesOf(peer, up),
    timers: timersOf(peer, up),
    ...(restart && { gracefulRestart: restart }),
    ...(peer.md5AuthEnabled !== undefined && { password: peer.md5AuthEnabled ? "set" : "none" }),
    // 1 is the default of an external peer, and iBGP always has 255.
    ...(peer.linkType === "external" && peer.ttl !== undefined && peer.ttl > 1 && { multihop: peer.ttl }),
  };
}

function errorsOf(peer: Peer, up: boolean): ToldError[] {
  const told: ToldError[] = [];
  const add = (direction: ToldError["direction"], text: string | undefined, ago: z.infer<typeof Ago>) => {
    if (text) told.push({ direction, text, ...(ago?.time !== undefined && { agoSec: ago.time }) });
  };
  add("sent", codeText(peer.lastErrorCode, peer.lastErrorSubcode), peer.lastErrorTimeInfo);
  add("received", codeText(peer.lastErrorRcvdCode, peer.lastErrorRcvdSubcode), peer.lastErrorRcvdTimeInfo);
  add("local", peer.lastSocketOutErrorMsg ?? undefined, peer.lastSocketOutErrorTimeInfo);
  add("local", peer.lastSocketInErrorMsg ?? undefined, peer.lastSocketInErrorTimeInfo);
  // The hint repeats the youngest of these, or tells what none of them can.
  if (told.length === 0 && !up) add("local", peer.establishFailHint ?? undefined, undefined);
  return told;
}

function codeText(code: Peer["lastErrorCode"], subcode: Peer["lastErrorSubcode"]): string | undefined {
  if (code === undefined || code === null || code === "" || code === 0) return undefined;
  return subcode === undefined || subcode === null || subcode === "" ? String(code) : `${code}/${subcode}`;
}

function timersOf(peer: Peer, up: boolean): Timers {
  return {
    // 0 while the session is down stands for "not negotiated"; while it is up, for "no keepalives".
    ...(up && peer.holdTime !== undefined && { holdSec: peer.holdTime }),
    ...(up && peer.keepaliveTime !== undefined && { keepaliveSec: peer.keepaliveTime }),
    ...(peer.configHoldTime !== undefined && { configuredHoldSec: peer.configHoldTime }),
    ...(peer.configKeepaliveTime !== undefined && { configuredKeepaliveSec: peer.configKeepaliveTime }),
    ...(peer.connectInterval !== undefined && { connectRetrySec: peer.connectInterval }),
  };
}

function familiesOf(peer: Peer, up: boolean): FamilyState[] {
  const capabilities = peer.neighborCapabilities?.multiprotocolCaps ?? {};
  const limit = limitOf(peer);
  const families = new Map<AddressFamily, FamilyState>();
  for (const [name, { enabled }] of Object.entries(capabilities)) {
    const family = familyOf(name);
    families.set(family, {
      family,
      ...(up && enabled !== undefined && { negotiated: enabled }),
      ...countsOf(peer, family),
      ...(limit && { limit }),
    });
  }
  if (families.size > 0) return [...families.values()];
  // No capability told (a trimmed answer): the IPv4 counters and the limit still stand for something.
  const counts = countsOf(peer, "ipv4-unicast");
  if (!limit && Object.keys(counts).length === 0) return [];
  return [{ family: "ipv4-unicast", ...counts, ...(limit && { limit }) }];
}

function countsOf(peer: Peer, family: AddressFamily): Pick<FamilyState, "received" | "best" | "advertised"> {
  const [received, best, advertised] =
    family === "ipv4-unicast"
      ? [peer.prefixesReceived, peer.v4BestPaths, peer.prefixesSent]
      : family === "ipv6-unicast"
        ? [peer.v6PrefixesReceived, peer.v6BestPaths, peer.v6PrefixesSent]
        : [];
  return {
    ...(received !== undefined && { received }),
    ...(best !== undefined && { best }),
    ...(advertised !== undefined && { advertised }),
  };
}

/** EOS limits the routes of all families together; each family carries the limit, which none alone may pass. */
function limitOf(peer: Peer): PrefixLimit | undefined {
  const { maxTotalRoutes: max, totalRoutesWarnLimit: warn } = peer;
  if (!max) return undefined;
  return {
    max,
    ...(warn && warn <= max && { warnAtPercent: Math.round((100 * warn) / max) }),
  };
}

function gracefulRestart(peer: Peer, up: boolean): GracefulRestart | undefined {
  const told = peer.neighborCapabilities?.gracefulRestartCap;
  if (!told) return undefined;
  return {
    ...(told.advertised !== undefined && { local: told.advertised ? "restart" : "off" }),
    ...(up && told.received !== undefined && { peer: told.received ? "restart" : "off" }),
  };
}
