import { compareAddresses, isLinkLocal } from "../net/address.ts";
import type { AddressBook } from "./addresses.ts";
import { type Device, ROLE_TIER } from "./device.ts";
import { diagnose } from "./diagnose.ts";
import type { Neighbor } from "./neighbor.ts";
import type { Freshness, SourceHealth } from "./observation.ts";
import { speaksFrom } from "./pairing.ts";
import type { End, OneEndReason, Session, SessionKind } from "./session.ts";
import type { EndContext } from "./session-case.ts";
import { stateOf } from "./status.ts";

/** What building one session needs to know of the fabric around it. */
export interface Surroundings {
  readonly book: AddressBook;
  device(name: string): Device | undefined;
  /** The source that told this neighbor, with its health. */
  sourceOf(neighbor: Neighbor): SourceHealth | undefined;
  /** Any source of the device, for an end that told nothing. */
  anySourceOf(device: string): SourceHealth | undefined;
  /** A source that may be believed and tells all neighbors of the device. */
  tellsNeighborsOf(device: string): SourceHealth | undefined;
  /** Input errors that the port counted lately. */
  newErrors(device: string, port: string): number | undefined;
  freshnessOf(source: SourceHealth | undefined): Freshness;
  knownAs(device: string): number | undefined;
}

/** The session of two ends that belong together, or of one end alone. `since` is left to whoever watches it change. */
export function buildSession(a: Neighbor, b: Neighbor | undefined, around: Surroundings): Session {
  // The same order whoever was heard first: where the ends disagree, the id rests on the first one's words.
  const [one, other] = b && b.id < a.id ? [b, a] : [a, b];
  const lone = other ? undefined : loneFarEnd(one, around);
  const first = seenEnd(one, other, around);
  const second = other ? seenEnd(other, one, around) : (lone?.end ?? { freshness: "unknown" });
  const [near, far] = inOrder(first, second, around);
  const state = stateOf(near, far);
  const oneEnd = lone?.why;
  const contexts = { near: contextOf("near", near, far, around), far: contextOf("far", far, near, around) };
  const { status, verdict } = diagnose({ ...contexts, state, ...(oneEnd && { oneEnd }) });
  return {
    id: sessionId(one, other, around.book),
    vrf: one.vrf,
    kind: kindOf(near, far, around),
    near,
    far,
    seen: other ? "both-ends" : "one-end",
    ...(oneEnd && { oneEnd }),
    status,
    stale: state.stale,
    disputed: state.disputed,
    verdict,
  };
}

/**
 * By the two addresses, so that it is the same from whichever end it is seen. Link-local addresses mean something only on
 * their device, so that its name stands with them.
 */
export function sessionId(one: Neighbor, other: Neighbor | undefined, book: AddressBook): string {
  const from = speaksFrom(one, book) ?? other?.neighborAddress ?? one.device;
  const to = one.neighborAddress ?? (other && speaksFrom(other, book)) ?? one.name ?? one.id;
  const [low, high] = compareAddresses(from, to) <= 0 ? [from, to] : [to, from];
  const local = isLinkLocal(from) || isLinkLocal(to) ? `${one.device}:` : "";
  const vrf = one.vrf === "default" ? "" : `${one.vrf}:`;
  // An id stands in links as one part of a path, and a port's name (`Ethernet1/1`) may stand for an address.
  return `${vrf}${local}${low}~${high}`.replaceAll("/", "_");
}

function seenEnd(self: Neighbor, other: Neighbor | undefined, around: Surroundings): End {
  const device = around.device(self.device);
  const source = around.sourceOf(self);
  const address = speaksFrom(self, around.book) ?? other?.neighborAddress;
  const asn = self.localAs ?? around.knownAs(self.device) ?? other?.peerAs;
  return {
    device: self.device,
    ...(device?.rack !== undefined && { rack: device.rack }),
    ...(address !== undefined && { address }),
    ...(asn !== undefined && { asn }),
    neighbor: self,
    ...(source && { source: source.id }),
    freshness: around.freshnessOf(source),
  };
}

function loneFarEnd(self: Neighbor, around: Surroundings): { end: End; why: OneEndReason } {
  const address = self.neighborAddress;
  const owners = address === undefined ? [] : [...around.book.ownersOf(address)].filter((name) => name !== self.device);
  const owner = owners.length === 1 ? owners[0] : undefined;
  const device = owner === undefined ? undefined : around.device(owner);
  const telling = owner === undefined ? undefined : around.tellsNeighborsOf(owner);
  const source = telling ?? (owner === undefined ? undefined : around.anySourceOf(owner));
  const end: End = {
    ...(device && { device: device.name }),
    ...(device?.rack !== undefined && { rack: device.rack }),
    ...(address !== undefined && { address }),
    ...(self.peerAs !== undefined && { asn: self.peerAs }),
    ...(source && { source: source.id }),
    freshness: "unknown",
  };
  return { end, why: !device ? "unknown-device" : telling ? "not-configured" : "not-observed" };
}

/** Near is the lower tier, then the lower address: the same whichever end was heard first. */
function inOrder(first: End, second: End, around: Surroundings): [End, End] {
  const tier = (end: End) => {
    const role = end.device === undefined ? undefined : around.device(end.device)?.role;
    return role === undefined ? -1 : ROLE_TIER[role];
  };
  const [a, b] = [tier(first), tier(second)];
  if (a !== b) return a > b ? [first, second] : [second, first];
  return compareAddresses(first.address ?? "", second.address ?? "") <= 0 ? [first, second] : [second, first];
}

function kindOf(near: End, far: End, around: Surroundings): SessionKind {
  const roles = [near, far].map((end) => (end.device === undefined ? undefined : around.device(end.device)?.role));
  const is = (...wanted: (string | undefined)[]) => roles.every((role, i) => role === wanted[i]);
  if (is("node", "leaf")) return "node-tor";
  if (is("leaf", "spine")) return "tor-spine";
  if (is("node", "node")) return "node-node";
  return is("leaf", "leaf") ? "tor-tor" : "other";
}

function contextOf(which: "near" | "far", end: End, other: End, around: Surroundings): EndContext {
  const device = end.device === undefined ? undefined : around.device(end.device);
  const towards = end.neighbor?.neighborAddress ?? other.address;
  const named = device?.interfaces.find((port) => port.name === end.neighbor?.interface);
  const port =
    named ?? (device && towards !== undefined ? around.book.portTowards(device.name, towards)?.port : undefined);
  const source =
    (end.neighbor && around.sourceOf(end.neighbor)) ?? (device ? around.anySourceOf(device.name) : undefined);
  const knownAs = end.neighbor?.localAs ?? (device ? around.knownAs(device.name) : undefined);
  const newErrors = device && port ? around.newErrors(device.name, port.name) : undefined;
  return {
    which,
    end,
    name: end.device ?? end.address ?? "the other end",
    ...(port && { port }),
    ...(newErrors !== undefined && { newErrors }),
    ...(source && { source }),
    ...(knownAs !== undefined && { knownAs }),
  };
}
