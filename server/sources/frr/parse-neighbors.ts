import { z } from "zod";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { isObject, jsonAnswer, membersOf, parseAt, refusal } from "./json-answer.ts";
import { Asn, Count, refuseWarning } from "./parse-summary.ts";
import { parseStateWords, type StateWords } from "./state-words.ts";

const Word = z.string().max(1000);
const Flag = z.union([z.boolean(), z.number()]).transform(Boolean); // `authenticationEnabled` is 1, others are true

const FamilyInfo = z.object({
  acceptedPrefixCounter: Count.optional(),
  sentPrefixCounter: Count.optional(), // not before FRR 7, and not while the session is down
  prefixAllowedMax: Count.optional(),
  prefixAllowedMaxWarning: Flag.optional(),
  prefixAllowedWarningThresh: Count.optional(),
  prefixAllowedRestartIntervalMsecs: Count.optional(),
});

const Extension = z.object({ advertisedAndReceived: z.unknown().optional(), received: z.unknown().optional() });

const State = z.string().transform((words, context): StateWords => {
  const told = parseStateWords(words);
  if (told) return told;
  context.addIssue({ code: "custom", message: `not a state of FRR: ${JSON.stringify(words.slice(0, 60))}` });
  return z.NEVER;
});

/** What we use of one neighbor. Counters of messages and timers that run down are left out: they change at every poll. */
export const Peer = z.object({
  bgpState: State,
  bgpStateIs: Word.optional(), // `passive`, `passiveNSF`
  bgpNeighborAddr: Word.optional(), // of an unnumbered neighbor; `none` before it has one
  remoteAs: Asn.optional(),
  localAs: Asn.optional(),
  remoteRouterId: Word.optional(),
  localRouterId: Word.optional(),
  nbrDesc: z.string().optional(),
  adminShutDown: Flag.optional(),
  bgpTimerUp: Count.optional(), // FRR 3 and 4
  bgpTimerUpMsec: Count.optional(),
  bgpTimerUpEstablishedEpoch: Count.optional(),
  bgpTimerHoldTimeMsecs: Count.optional(),
  bgpTimerKeepAliveIntervalMsecs: Count.optional(),
  bgpTimerConfiguredHoldTimeMsecs: Count.optional(),
  bgpTimerConfiguredKeepAliveIntervalMsecs: Count.optional(),
  connectRetryTimer: Count.optional(), // s
  connectionsEstablished: Count.optional(),
  connectionsDropped: Count.optional(),
  lastResetTimerMsecs: Count.optional(),
  lastResetDueTo: Word.optional(),
  lastNotificationReason: Word.optional(),
  lastErrorCodeSubcode: Word.optional(),
  lastNotificationHardReset: Flag.optional(),
  lastShutdownDescription: z.string().optional(),
  prefixesConfigExceedMax: Flag.optional(),
  externalBgpNbrMaxHopsAway: Count.optional(),
  hostLocal: Word.optional(), // `Unknown` before the first connection
  updateSource: Word.optional(),
  authenticationEnabled: Flag.optional(),
  readThread: Word.optional(),
  neighborCapabilities: z
    .object({ multiprotocolExtensions: z.record(z.string(), Extension).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  addressFamilyInfo: z.record(z.string(), FamilyInfo).optional(),
  gracefulRestartInfo: z
    .object({
      localGrMode: Word.optional(),
      remoteGrMode: Word.optional(),
      timers: z.object({ receivedRestartTimer: Count.optional() }).optional(), // s
    })
    .optional(),
  peerBfdInfo: z
    .object({
      status: Word.optional(),
      detectMultiplier: Count.optional(),
      txMinInterval: Count.optional(), // ms
      lastUpdate: Word.optional(),
    })
    .optional(),
});
export type Peer = z.infer<typeof Peer>;

export interface ToldPeer {
  readonly vrf: string;
  readonly key: string;
  readonly peer: Peer;
  /** As it came, for people to read. */
  readonly raw: unknown;
}

/** `show bgp vrf all neighbors json`: VRF, then neighbor. */
export function parseVrfNeighbors(text: string): ToldPeer[] {
  const vrfs = membersOf(jsonAnswer(text));
  refuseWarning(vrfs);
  return vrfs.flatMap(([vrf, answer]) => peersOf(vrf, answer, [vrf]));
}

/** `show bgp neighbors json`, `show bgp vrf NAME neighbors [ONE] json`: the neighbors of one VRF. */
export function parseNeighbors(text: string, vrf = "default"): ToldPeer[] {
  const answer = jsonAnswer(text);
  refuseWarning(membersOf(answer));
  return peersOf(vrf, answer, []);
}

/**
 * Among the neighbors stand members that are none (`vrfId`, `vrfName`, `bgpNoSuchNeighbor`). What looks like a neighbor
 * and cannot be read is refused, not skipped: a neighbor that is left out would pass for one that is not configured.
 */
function peersOf(vrf: string, answer: unknown, path: readonly string[]): ToldPeer[] {
  return membersOf(answer, ...path).flatMap(([key, raw]) => {
    if (isObject(raw)) return [{ vrf, key, peer: parseAt(Peer, raw, ...path, key), raw }];
    if (canonicalAddress(key) !== undefined) throw refusal("expected a neighbor", [...path, key]);
    return [];
  });
}
