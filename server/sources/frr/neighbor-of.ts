import type { Bfd, GracefulRestart, HeldDown, Neighbor, Timers } from "../../../lib/fabric/neighbor.ts";
import { neighborId } from "../../../lib/fabric/neighbor.ts";
import { canonicalAddress } from "../../../lib/net/address.ts";
import { deviceText, MAX_DESCRIPTION, MAX_WORDS } from "./device-text.ts";
import { familiesOf } from "./families-of.ts";
import { parseDhms, secondBefore, unwrapResetMs } from "./instants.ts";
import { lastErrorOf } from "./last-reset.ts";
import { bfdStateOf } from "./parse-bfd.ts";
import type { Peer, ToldPeer } from "./parse-neighbors.ts";
import type { SummaryRow } from "./parse-summary.ts";
import { heldDownBy, rawStateOf, waitingFor } from "./state-words.ts";

/** What else was told of the same neighbor in the same poll. */
export interface Beside {
  /** Epoch ms of the answer. Without it no instants, but the ones that the device's own clock tells. */
  readonly observedAt?: number | undefined;
  readonly rows?: readonly SummaryRow[] | undefined;
  /** bfdd's account, where it could be asked; bgpd's own tells less. */
  readonly bfd?: Bfd | undefined;
}

/** One neighbor in our model, from `neighbors json`, with what only the summary and bfdd tell. */
export function neighborOf({ vrf, key, peer }: ToldPeer, device: string, beside: Beside = {}): Neighbor {
  const { observedAt, rows = [] } = beside;
  // The two answers were given at two moments: a row that tells another state is older, and explains nothing.
  const row = rows.find((one) => one.words.state === peer.bgpState.state);
  const heldDown = heldDownOf(peer, row);
  const rawState = rawStateOf(peer.bgpState, remarkOf(peer, row));
  const { since, resetAt } = instantsOf(peer, row, observedAt);
  const lastError = lastErrorOf(peer, { up: isUp(peer), hasFamilies: hasFamilies(peer) });
  const bfd = bfdOf(peer, beside);
  const gracefulRestart = gracefulRestartOf(peer, row);
  const description = peer.nbrDesc && deviceText(peer.nbrDesc, MAX_DESCRIPTION);
  const hops = peer.externalBgpNbrMaxHopsAway ?? 1; // 255 on every internal session, so not asked there
  const localAddress = canonicalAddress(peer.hostLocal ?? "") ?? canonicalAddress(peer.updateSource ?? "");

  return {
    ...identityOf(vrf, key, device, peer.bgpNeighborAddr),
    ...(localAddress !== undefined && { localAddress }),
    ...(peer.localAs !== undefined && { localAs: peer.localAs }),
    ...(peer.remoteAs !== undefined && { peerAs: peer.remoteAs }),
    ...routerId("localRouterId", peer.localRouterId),
    ...routerId("peerRouterId", peer.remoteRouterId),
    ...(description && { description }),
    state: peer.bgpState.state,
    ...(heldDown && { heldDown }),
    ...(since !== undefined && { since }),
    ...(peer.connectionsDropped !== undefined && { flaps: peer.connectionsDropped }),
    ...(lastError && { lastError: resetAt === undefined ? lastError : { ...lastError, at: resetAt } }),
    families: familiesOf(peer, rows),
    timers: timersOf(peer),
    ...(bfd && { bfd }),
    ...(gracefulRestart && { gracefulRestart }),
    // Printed for a password only, and right before the threads: where those stand, its absence tells.
    ...(peer.authenticationEnabled && { password: "set" as const }),
    ...(!peer.authenticationEnabled && peer.readThread !== undefined && { password: "none" as const }),
    ...(hops > 1 && { multihop: hops }),
    ...(rawState !== undefined && { rawState }),
  };
}

type Identity = Pick<Neighbor, "id" | "device" | "vrf" | "name" | "neighborAddress" | "interface">;

/** FRR's key is the address, or for an unnumbered neighbor the port, which stays the same when the address changes. */
export function identityOf(vrf: string, key: string, device: string, unnumberedAddress?: string): Identity {
  const told = { device, vrf: deviceText(vrf, MAX_WORDS) };
  const address = canonicalAddress(key);
  if (address !== undefined) return { id: neighborId(device, told.vrf, address), ...told, neighborAddress: address };
  const name = deviceText(key, MAX_WORDS);
  const neighborAddress = canonicalAddress(unnumberedAddress ?? "");
  return {
    id: neighborId(device, told.vrf, name),
    ...told,
    name,
    ...(neighborAddress !== undefined && { neighborAddress }),
    interface: name,
  };
}

function isUp(peer: Peer): boolean {
  return peer.bgpState.state === "established";
}

function hasFamilies(peer: Peer): boolean {
  return Object.keys(peer.addressFamilyInfo ?? {}).length > 0;
}

function heldDownOf(peer: Peer, row: SummaryRow | undefined): HeldDown | undefined {
  if (isUp(peer)) return undefined;
  if (peer.adminShutDown) return { by: "admin" };
  if (peer.prefixesConfigExceedMax) return { by: "prefix-limit" };
  if (peer.bgpStateIs === "passive") return { by: "passive" };
  const told = heldDownBy(row?.words.bracket ?? row?.peerState) ?? waitingFor(peer.lastResetDueTo);
  return told ?? (hasFamilies(peer) ? undefined : { by: "other", text: "no address family activated" });
}

/** What FRR adds to the state and our six states do not hold. */
function remarkOf(peer: Peer, row: SummaryRow | undefined): string | undefined {
  if (peer.adminShutDown) return "Admin";
  const told = row?.words.bracket ?? (row?.peerState === "OK" ? undefined : row?.peerState);
  if (told !== undefined) return told;
  if (isUp(peer)) return undefined;
  if (peer.prefixesConfigExceedMax) return "PfxCt";
  if (peer.bgpStateIs === "passive") return "Passive";
  if (peer.bgpStateIs === "passiveNSF") return "NSF passive";
  return undefined;
}

/**
 * When the session last came up or went down, and when it was last reset before.
 *
 * For a neighbor that never was up there is neither: `lastResetTimerMsecs` then counts from its configuration, and only
 * to 24 hours (see `unwrapResetMs`). While it is down, the summary has the same time without that fault. `resetAt` is
 * the loss of the session; what FRR reports as last error may be of a later attempt to connect.
 */
function instantsOf(peer: Peer, row: SummaryRow | undefined, observedAt: number | undefined) {
  const uptimeMs = peer.bgpTimerUpMsec ?? peer.bgpTimerUp;
  if (observedAt === undefined) {
    const epochSec = isUp(peer) ? peer.bgpTimerUpEstablishedEpoch : undefined;
    return { since: epochSec === undefined ? undefined : epochSec * 1000, resetAt: undefined };
  }
  const everLost = (peer.connectionsDropped ?? 0) > 0;
  const resetMs = everLost ? peer.lastResetTimerMsecs : undefined;
  if (isUp(peer)) {
    const ago = resetMs === undefined ? undefined : unwrapResetMs(resetMs, uptimeMs ?? 0);
    return { since: before(observedAt, uptimeMs), resetAt: before(observedAt, ago) };
  }
  const since = before(observedAt, row?.uptimeMs ?? resetMs);
  return { since, resetAt: since };
}

function before(observedAt: number, agoMs: number | undefined): number | undefined {
  return agoMs === undefined ? undefined : secondBefore(observedAt, agoMs);
}

function timersOf(peer: Peer): Timers {
  const up = isUp(peer); // while down, FRR prints the configured ones as if in force
  return {
    ...(up && seconds("holdSec", peer.bgpTimerHoldTimeMsecs)),
    ...(up && seconds("keepaliveSec", peer.bgpTimerKeepAliveIntervalMsecs)),
    ...seconds("configuredHoldSec", peer.bgpTimerConfiguredHoldTimeMsecs),
    ...seconds("configuredKeepaliveSec", peer.bgpTimerConfiguredKeepAliveIntervalMsecs),
    ...(peer.connectRetryTimer !== undefined && { connectRetrySec: peer.connectRetryTimer }),
  };
}

function seconds(name: keyof Timers, ms: number | undefined): Timers {
  return ms === undefined ? {} : { [name]: Math.round(ms / 1000) };
}

function bfdOf(peer: Peer, { bfd, observedAt }: Beside): Bfd | undefined {
  const told = peer.peerBfdInfo;
  if (!told) return undefined; // bfdd may watch this address for another: the session here does not follow it
  if (bfd) return bfd;
  const agoMs = parseDhms(told.lastUpdate ?? "");
  const since = observedAt === undefined ? undefined : before(observedAt, agoMs);
  return {
    state: bfdStateOf(told.status ?? "") ?? "unknown",
    ...(since !== undefined && { since }),
    ...(told.txMinInterval !== undefined && { intervalMs: told.txMinInterval }),
    ...(told.detectMultiplier !== undefined && { multiplier: told.detectMultiplier }),
  };
}

function gracefulRestartOf(peer: Peer, row: SummaryRow | undefined): GracefulRestart | undefined {
  const told = peer.gracefulRestartInfo;
  const keepingStale = peer.bgpStateIs === "passiveNSF" || row?.peerState === "NSF passive";
  const local = restartMode(told?.localGrMode);
  const remote = restartMode(told?.remoteGrMode);
  const restartSec = told?.timers?.receivedRestartTimer;
  if (!told && !keepingStale) return undefined;
  return {
    ...(local && { local }),
    ...(remote && { peer: remote }),
    ...(restartSec && { restartSec }), // 0 until the peer has offered one
    ...(keepingStale && { keepingStale }),
  };
}

/** A star behind the mode says that it is inherited. `NotApplicable`: the session is not up. */
function restartMode(mode: string | undefined): GracefulRestart["local"] {
  const word = mode?.replace("*", "");
  return word === "Restart" ? "restart" : word === "Helper" ? "helper" : word === "Disable" ? "off" : undefined;
}

function routerId(name: "localRouterId" | "peerRouterId", told: string | undefined): Partial<Neighbor> {
  const id = canonicalAddress(told ?? "");
  return id === undefined || id === "0.0.0.0" ? {} : { [name]: id };
}
