import { BAD_PEER_AS, CEASE } from "../bgp/notification.ts";
import {
  believed,
  faultAt,
  faultBetween,
  fromEitherEnd,
  isTrying,
  lastErrorIs,
  portName,
  quoted,
  type Rule,
  type SessionCase,
  stateWord,
  verdict,
  withPort,
} from "./session-case.ts";

/** Rules that rest on what a device says of itself, or on what both ends say they are configured to. */

export const SHUT_WORDS =
  "Look for a change or a maintenance that explains it, and enable the neighbor when it is over";

/** An end that is shut on purpose says so itself; its text may only have reached the other end (RFC 9003). */
export const adminShutdown: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const held = believed(self)?.heldDown;
    if (held?.by !== "admin") return undefined;
    const text = held.text ?? believed(other)?.lastError?.communication;
    const sentence = `${self.name} has shut the session with ${other.name} on purpose${quoted(text)}.`;
    const fault = faultAt(self, "certain", `${self.name} says that it is shut`);
    return { ...verdict("admin-shutdown", sentence, fault, SHUT_WORDS), ...(text && { text }) };
  });

export const prefixLimit: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const held = believed(self)?.heldDown?.by === "prefix-limit";
    const sent = isTrying(self) && lastErrorIs(self, CEASE.prefixLimit, "sent");
    const told = isTrying(other) && lastErrorIs(other, CEASE.prefixLimit, "received") && !believed(self);
    if (!held && !sent && !told) return undefined;
    const max = self.end.neighbor?.families.find((family) => family.limit)?.limit?.max;
    const limit = max === undefined ? "its prefix limit" : `its limit of ${max} prefixes`;
    const sentence = `${self.name} closed the session: ${other.name} announced more than ${limit}.`;
    return verdict(
      "prefix-limit",
      sentence,
      faultAt(other, "likely", `${self.name} counted the prefixes of ${other.name}`),
      `See what ${other.name} announces that it did not before`,
      `If the prefixes are right, raise the limit on ${self.name} and clear the session there: it does not come back by itself`,
    );
  });

export const interfaceShut: Rule = (session) =>
  fromEitherEnd(session, (self) => {
    if (self.port?.adminUp !== false) return undefined;
    return verdict(
      "interface-shut",
      `${portName(self)} is shut, so nothing reaches the other end.`,
      faultAt(self, "certain", `${self.name} says that the port is administratively down`, portName(self)),
      `Find out who shut ${self.port.name} on ${self.name}, and enable it when the work is over`,
    );
  });

export const linkDown: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (self.port?.operUp !== false) return undefined;
    const both = other.port?.operUp === false;
    const sentence = `The link between ${withPort(self)} and ${withPort(other)} is down.`;
    const because = both ? "both ports have lost the carrier" : `${portName(self)} has lost the carrier`;
    return verdict(
      "link-down",
      sentence,
      faultBetween(session, both ? "certain" : "likely", because),
      "Cable and optics at both ports",
    );
  });

export const speakerGone: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (self.source?.error?.reason !== "no-daemon") return undefined;
    return verdict(
      "speaker-gone",
      `The BGP daemon of ${self.name} is gone; ${other.name} lost its session with it.`,
      faultAt(self, "certain", `nothing listens any more at ${self.source.address}`),
      `Start the daemon on ${self.name} again, and read its last log lines`,
    );
  });

export const wrongPeerAs: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const expected = self.end.neighbor?.peerAs;
    const actual = other.knownAs;
    if (!believed(self) || expected === undefined || actual === undefined || expected === actual) return undefined;
    return verdict(
      "wrong-peer-as",
      `${self.name} expects AS ${expected} from ${other.name}, which is AS ${actual}.`,
      faultAt(self, "certain", `${other.name} speaks for AS ${actual}`),
      `Correct the remote AS of this neighbor on ${self.name}, or the AS of ${other.name} if that is what changed`,
    );
  });

export const badPeerAsReported: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (!isTrying(self) || !lastErrorIs(self, BAD_PEER_AS, "sent")) return undefined;
    return verdict(
      "wrong-peer-as",
      `${self.name} refuses the AS that ${other.name} speaks for: it expects AS ${self.end.neighbor?.peerAs ?? "another"}.`,
      faultAt(self, "likely", `${self.name} sent Bad Peer AS`),
      "Compare the AS numbers that the two ends are configured with",
    );
  }) ?? badPeerAsReceived(session);

function badPeerAsReceived(session: SessionCase) {
  return fromEitherEnd(session, (self, other) => {
    if (!isTrying(self) || !lastErrorIs(self, BAD_PEER_AS, "received")) return undefined;
    return verdict(
      "wrong-peer-as",
      `${other.name} refuses the AS that ${self.name} speaks for${self.end.asn === undefined ? "" : ` (AS ${self.end.asn})`}.`,
      faultAt(other, "likely", `${self.name} received Bad Peer AS`),
      `Compare the remote AS configured on ${other.name} with the AS of ${self.name}`,
    );
  });
}

export const notConfigured: Rule = (session) => {
  if (session.oneEnd !== "not-configured") return undefined;
  const [self, other] = believed(session.near) ? [session.near, session.far] : [session.far, session.near];
  return verdict(
    "not-configured",
    `${other.name} has no neighbor ${self.end.address ?? self.name}, which ${self.name} tries to reach (${stateWord(self)}).`,
    faultAt(other, "certain", `${other.name} answers, and this neighbor is not among those it knows`),
    `Configure ${self.name} as a neighbor on ${other.name}, or remove the leftover on ${self.name}`,
  );
};
