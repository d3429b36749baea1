import type { AddressFamily } from "../../../lib/bgp/address-family.ts";
import { parseSessionState } from "../../../lib/bgp/session-state.ts";
import type { Bfd, FamilyState, GracefulRestart, LastError } from "../../../lib/fabric/neighbor.ts";
import { parseAsn } from "../../../lib/net/asn.ts";
import { lastError } from "../switch/last-error.ts";
import type { BfdPeer, DetailPeer } from "../switch/peer.ts";
import { toldAddress, toldAsn, wordsOf } from "../switch/scalars.ts";
import { child, childrenOf, countOf, type Element, neededNamed, textOf } from "./element.ts";
import { familiesIn, ribOf } from "./junos-family.ts";
import { peerKey, vrfOf, withoutPort } from "./junos-peer.ts";

export interface NeighborAnswer {
  readonly details: readonly DetailPeer[];
  /** Where BFD guards the session, as the session itself tells it. */
  readonly bfd: readonly BfdPeer[];
}

/**
 * `get-bgp-neighbor-information` (`show bgp neighbor`): the neighbors of all instances. It tells no uptime.
 *
 * @throws SyntaxError for anything else.
 */
export function parseNeighbors(reply: Element): NeighborAnswer {
  const peers = neededNamed(reply, "bgp-information").flatMap((all) => childrenOf(all, "bgp-peer"));
  const details = peers.map(detailPeer);
  const bfd = peers.flatMap((peer, i) => {
    const { vrf = "default", address, interface: port } = details[i] ?? {};
    const state = bfdState(child(peer, "bgp-bfd"));
    return state && address
      ? [{ vrf, address: address.split("%")[0] ?? "", ...(port && { interface: port }), bfd: { state } }]
      : [];
  });
  return { details, bfd };
}

function detailPeer(peer: Element): DetailPeer {
  const told = textOf(peer, "peer-address");
  if (!told) throw new SyntaxError("a <bgp-peer> without <peer-address>");
  const word = textOf(peer, "peer-state") ?? "";
  const state = parseSessionState(word);
  if (!state) throw new SyntaxError(`${JSON.stringify(word.slice(0, 40))} is no BGP state that we know`);
  const up = state === "established";
  const vrf = vrfOf(textOf(peer, "peer-cfg-rti"));
  const port = textOf(peer, "local-interface-name");
  const options = child(peer, "bgp-option-information");
  const peerAs = toldAsn(parseAsn(textOf(peer, "peer-as")));
  const localAs = toldAsn(parseAsn(textOf(peer, "local-as")));
  const peerRouterId = toldAddress(textOf(peer, "peer-id"));
  const localRouterId = toldAddress(textOf(peer, "local-id"));
  const local = textOf(peer, "local-address");
  const localAddress = local === undefined ? undefined : toldAddress(withoutPort(local));
  const description = wordsOf(textOf(peer, "description") ?? "", 1_000);
  const flaps = countOf(peer, "flap-count");
  const error = errorOf(peer);
  const restart = gracefulRestart(peer, up);
  const words = textOf(options, "bgp-options");
  const hold = countOf(peer, "active-holdtime");
  const keepalive = countOf(peer, "keepalive-interval");
  const configured = countOf(options, "holdtime");
  return {
    ...peerKey(vrf, withoutPort(told), port),
    state,
    ...(peerAs !== undefined && { peerAs }),
    ...(localAs !== undefined && { localAs }),
    ...(peerRouterId && { peerRouterId }),
    ...(localRouterId && { localRouterId }),
    ...(localAddress && { localAddress }),
    ...(description && { description }),
    ...(flaps !== undefined && { flaps }),
    ...(error && { lastError: error }),
    families: familiesOf(peer, vrf, up),
    timers: {
      ...(up && hold !== undefined && { holdSec: hold }),
      ...(up && keepalive !== undefined && { keepaliveSec: keepalive }),
      ...(configured !== undefined && { configuredHoldSec: configured }),
    },
    ...(restart && { gracefulRestart: restart }),
    // Believed: no capture holds a session with a password.
    ...(words !== undefined && { password: /\bAuthKey/.test(words) ? ("set" as const) : ("none" as const) }),
  };
}

/** Junos keeps one last error by its name; counters tell whether such a one was ever sent or received. */
function errorOf(peer: Element): LastError | undefined {
  const name = textOf(peer, "last-error");
  if (!name || name === "None") return undefined;
  const counted = childrenOf(peer, "bgp-error").find((error) => textOf(error, "name") === name);
  const sent = countOf(counted, "send-count") ?? 0;
  const received = countOf(counted, "receive-count") ?? 0;
  const direction = sent > 0 && received === 0 ? "sent" : received > 0 && sent === 0 ? "received" : "local";
  return lastError([{ direction, text: name }], undefined);
}

/** Agreed families from the capabilities, counts from the tables that the neighbor itself fills. */
function familiesOf(peer: Element, vrf: string, up: boolean): FamilyState[] {
  const families = new Map<AddressFamily, FamilyState>();
  const agreed = new Set(familiesIn(textOf(peer, "nlri-type-session")));
  const wanted = familiesIn(textOf(child(peer, "bgp-option-information"), "address-families"));
  for (const family of new Set([...wanted, ...agreed])) {
    families.set(family, { family, ...(up && { negotiated: agreed.has(family) }) });
  }
  for (const rib of childrenOf(peer, "bgp-rib")) {
    const { family, primary, vrf: of } = ribOf(textOf(rib, "name") ?? "");
    if (!primary || (of !== vrf && of !== "default")) continue;
    families.set(family, { ...(families.get(family) ?? { family }), ...countsIn(rib) });
  }
  return [...families.values()];
}

export function countsIn(rib: Element): Pick<FamilyState, "received" | "accepted" | "best" | "advertised"> {
  const [received, accepted, best, advertised] = ["received", "accepted", "active", "advertised"].map((name) =>
    countOf(rib, `${name}-prefix-count`),
  );
  return {
    ...(received !== undefined && { received }),
    ...(accepted !== undefined && { accepted }),
    ...(best !== undefined && { best }),
    ...(advertised !== undefined && { advertised }),
  };
}

/** `peer-no-restart`: it cannot restart gracefully itself; `peer-no-helper`: it does not keep our routes either. */
function gracefulRestart(peer: Element, up: boolean): GracefulRestart | undefined {
  const ours = textOf(peer, "peer-restart-nlri-configured");
  const negotiated = textOf(peer, "peer-restart-nlri-negotiated");
  if (ours === undefined && negotiated === undefined) return undefined;
  const noRestart = child(peer, "peer-no-restart") !== undefined;
  const noHelper = child(peer, "peer-no-helper") !== undefined;
  return {
    local: ours === undefined ? "off" : "restart",
    ...(up && { peer: !noRestart ? "restart" : noHelper ? "off" : "helper" }),
  };
}

function bfdState(told: Element | undefined): Bfd["state"] | undefined {
  if (!told || textOf(told, "bfd-configuration-state") !== "enabled") return undefined;
  const word = textOf(told, "bfd-operational-state");
  return word === "up" || word === "down" ? word : "unknown";
}
