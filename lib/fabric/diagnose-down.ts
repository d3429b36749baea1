import { BAD_PEER_AS, CEASE, HOLD_TIMER_EXPIRED } from "../bgp/notification.ts";
import {
  believed,
  type EndContext,
  faultAt,
  faultAtBoth,
  faultBetween,
  fromEitherEnd,
  isTrying,
  lastErrorIs,
  lastErrorSays,
  portName,
  quoted,
  type Rule,
  type SessionCase,
  stateWord,
  verdict,
  withPort,
} from "./session-case.ts";

const SHUT_WORDS = "Look for a change or a maintenance that explains it, and enable the neighbor when it is over";

/** An end that is shut on purpose says so itself; its text may only have reached the other end (RFC 9003). */
const adminShutdown: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const held = believed(self)?.heldDown;
    if (held?.by !== "admin") return undefined;
    const text = held.text ?? believed(other)?.lastError?.communication;
    const sentence = `${self.name} has shut the session with ${other.name} on purpose${quoted(text)}.`;
    return verdict(
      "admin-shutdown",
      sentence,
      faultAt(self, "certain", `${self.name} says that it is shut`),
      SHUT_WORDS,
    );
  });

const prefixLimit: Rule = (session) =>
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

const interfaceShut: Rule = (session) =>
  fromEitherEnd(session, (self) => {
    if (self.port?.adminUp !== false) return undefined;
    return verdict(
      "interface-shut",
      `${portName(self)} is shut, so nothing reaches the other end.`,
      faultAt(self, "certain", `${self.name} says that the port is administratively down`, portName(self)),
      `Find out who shut ${self.port.name} on ${self.name}, and enable it when the work is over`,
    );
  });

const linkDown: Rule = (session) =>
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

const speakerGone: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (self.source?.error?.reason !== "no-daemon") return undefined;
    return verdict(
      "speaker-gone",
      `The BGP daemon of ${self.name} is gone; ${other.name} lost its session with it.`,
      faultAt(self, "certain", `nothing listens any more at ${self.source.address}`),
      `Start the daemon on ${self.name} again, and read its last log lines`,
    );
  });

const wrongPeerAs: Rule = (session) =>
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

const badPeerAsReported: Rule = (session) =>
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

const notConfigured: Rule = (session) => {
  if (session.oneEnd !== "not-configured") return undefined;
  const [self, other] = believed(session.near) ? [session.near, session.far] : [session.far, session.near];
  return verdict(
    "not-configured",
    `${other.name} has no neighbor ${self.end.address ?? self.name}, which ${self.name} tries to reach (${stateWord(self)}).`,
    faultAt(other, "certain", `${other.name} answers, and this neighbor is not among those it knows`),
    `Configure ${self.name} as a neighbor on ${other.name}, or remove the leftover on ${self.name}`,
  );
};

const bfdDown: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const neighbor = believed(self);
    const said =
      lastErrorIs(self, CEASE.bfdDown) || lastErrorSays(self, /\bbfd\b/i) || neighbor?.heldDown?.by === "bfd";
    if (!isTrying(self) && neighbor?.heldDown?.by !== "bfd") return undefined;
    if (!said) return undefined;
    return silentOther(session, self, other, "bfd-down", `BFD between ${self.name} and ${other.name} went down`);
  });

const holdTimer: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (!isTrying(self)) return undefined;
    if (lastErrorIs(self, HOLD_TIMER_EXPIRED, "received")) {
      return silentOther(
        session,
        other,
        self,
        "hold-timer",
        `${other.name} stopped hearing ${self.name} (hold timer expired)`,
      );
    }
    if (!lastErrorIs(self, HOLD_TIMER_EXPIRED) && !lastErrorSays(self, /hold timer expired/i)) return undefined;
    return silentOther(
      session,
      self,
      other,
      "hold-timer",
      `${self.name} stopped hearing ${other.name} (hold timer expired)`,
    );
  });

/** `self` no longer hears `other`: a port with errors, a silent device or the way between is to blame, in this order. */
function silentOther(
  session: SessionCase,
  self: EndContext,
  other: EndContext,
  cause: "bfd-down" | "hold-timer",
  what: string,
) {
  if ((self.port?.inErrors ?? 0) > 0) {
    const because = `${portName(self)} has counted ${self.port?.inErrors} input errors`;
    return verdict(
      cause,
      `${what}.`,
      faultAt(self, "likely", because, portName(self)),
      `Optic and cable of ${portName(self)}`,
    );
  }
  if (other.source?.error) {
    const because = `${other.name} does not answer us either`;
    return verdict(cause, `${what}; ${because}.`, faultAt(other, "likely", because), `Whether ${other.name} is alive`);
  }
  const because = "both ends answer us, so what they send each other is lost on the way";
  return verdict(
    cause,
    `${what}.`,
    faultBetween(session, "likely", because),
    `The path between ${portName(self)} and ${portName(other)}: filters, MTU, errors`,
  );
}

/** With TCP MD5 a wrong key looks like silence: the kernel drops the segments before any daemon sees them (RFC 2385 §2.0). */
const password: Rule = (session) => {
  const { near, far } = session;
  if (!isTrying(near) || !isTrying(far)) return undefined;
  if (!beforeOpen(near) || !beforeOpen(far)) return undefined;
  const keys = [near.end.neighbor?.password, far.end.neighbor?.password];
  if (!keys.includes("set")) return undefined;
  if ([near, far].some((self) => lastErrorSays(self, /refused|unreachable|no route/i))) return undefined;
  const bare = keys.indexOf("none");
  if (bare >= 0) {
    const [without, withKey] = bare === 0 ? [near, far] : [far, near];
    return verdict(
      "password",
      `${withKey.name} has a password for this session and ${without.name} has none.`,
      faultAt(without, "likely", "a session needs the same password at both ends"),
      `Set the password on ${without.name}, or remove it from ${withKey.name}`,
    );
  }
  const changed = [near, far].find((self) => {
    const other = self === near ? far : near;
    return lastErrorIs(other, CEASE.configChange, "received") || lastErrorIs(self, CEASE.configChange, "sent");
  });
  const sentence = changed
    ? `The password of ${changed.name} no longer matches: its configuration changed, and since then TCP does not come up.`
    : `TCP does not come up between ${near.name} and ${far.name} and neither says why: the passwords differ, or a filter drops it.`;
  const fault = changed
    ? faultAt(changed, "likely", `the session was reset by a configuration change on ${changed.name}`)
    : faultAtBoth(session, "a key that differs is silent at both ends");
  return verdict(
    "password",
    sentence,
    fault,
    "Compare the session's password at both ends",
    "Then look for a filter on TCP port 179",
  );
};

function beforeOpen(self: EndContext): boolean {
  const state = believed(self)?.state;
  return state === "idle" || state === "connect" || state === "active";
}

const refused: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (!isTrying(self) || !lastErrorSays(self, /refused|reset by peer/i)) return undefined;
    const because = `${self.name} reaches the host, and nothing accepts its TCP connection`;
    return verdict(
      "connection-refused",
      `${other.name} refuses the connection of ${self.name}.`,
      faultAt(other, "likely", because),
      `Whether BGP runs on ${other.name} and expects ${self.end.address ?? self.name}`,
    );
  });

const noRoute: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const held = believed(self)?.heldDown?.by;
    const said = isTrying(self) && lastErrorSays(self, /unreachable|no route|waiting for nht|neighbor lost|link down/i);
    if (!said && held !== "no-route" && held !== "interface-down") return undefined;
    return verdict(
      held === "interface-down" ? "link-down" : "no-route",
      `${self.name} has no way to ${other.end.address ?? other.name}.`,
      faultAt(self, "likely", `${self.name} reports ${believed(self)?.lastError?.text ?? stateWord(self)}`),
      `Route and interface towards ${other.end.address ?? other.name} on ${self.name}`,
    );
  });

const ceased: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (!isTrying(self)) return undefined;
    if (lastErrorIs(self, CEASE.adminShutdown, "received")) {
      const text = believed(self)?.lastError?.communication;
      const sentence = `${other.name} ended the session with ${self.name} in an orderly way${quoted(text)}.`;
      return verdict(
        "admin-shutdown",
        sentence,
        faultAt(other, "certain", "it sent Cease / Administrative Shutdown"),
        SHUT_WORDS,
      );
    }
    if (lastErrorIs(self, CEASE.deconfigured, "received") || lastErrorIs(self, CEASE.rejected, "received")) {
      return verdict(
        "not-configured",
        `${other.name} does not accept ${self.name} as a neighbor.`,
        faultAt(other, "likely", `it sent ${believed(self)?.lastError?.text ?? "Cease"}`),
        `The neighbor for ${self.end.address ?? self.name} on ${other.name}`,
      );
    }
    if (lastErrorIs(self, CEASE.configChange, "received")) {
      return verdict(
        "config-change",
        `${other.name} was reconfigured and reset the session; it has not come back.`,
        faultAt(other, "likely", "it sent Cease / Other Configuration Change"),
        `The last change on ${other.name}`,
      );
    }
    if (lastErrorIs(self, CEASE.adminReset, "received")) {
      return verdict(
        "peer-reset",
        `${other.name} reset the session.`,
        faultAt(other, "certain", "it sent Cease / Administrative Reset"),
        `Who cleared the session on ${other.name}`,
      );
    }
    return undefined;
  });

const protocolError: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const error = isTrying(self) ? believed(self)?.lastError : undefined;
    if (!error?.notification || ![1, 2, 3, 5, 7].includes(error.notification.code)) return undefined;
    const culprit = error.direction === "sent" ? other : self;
    const sentence =
      error.direction === "sent"
        ? `${self.name} refuses what ${other.name} sent: ${error.text}.`
        : `${other.name} refuses what ${self.name} sent: ${error.text}.`;
    return verdict(
      "protocol-error",
      sentence,
      faultAt(culprit, "likely", "the other end rejected its message"),
      "Versions and capabilities of both ends",
    );
  });

const peerClosed: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (!isTrying(self) || !lastErrorSays(self, /peer closed|connection closed|connection lost/i)) return undefined;
    const silent = other.source?.error;
    const because = silent ? `${other.name} does not answer us either` : `${self.name} saw the connection close`;
    return verdict(
      silent ? "speaker-gone" : "peer-reset",
      `${other.name} closed its session with ${self.name} without a reason${silent ? `, and ${because}` : ""}.`,
      faultAt(other, "likely", because),
      `Whether the BGP daemon of ${other.name} was restarted or died`,
    );
  });

const starting: Rule = (session) => {
  const states = [session.near, session.far].map((self) => believed(self)?.state);
  if (!states.some((state) => state === "open-sent" || state === "open-confirm")) return undefined;
  return {
    cause: "starting",
    sentence: `${session.near.name} and ${session.far.name} are exchanging OPEN messages.`,
    checkFirst: ["Wait a few seconds; if it stays so, compare capabilities and AS numbers"],
  };
};

const unanswered: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (!isTrying(self)) return undefined;
    const alone = !believed(other);
    const sentence = alone
      ? `${self.name} gets no answer from ${other.name} (${stateWord(self)}).`
      : `${self.name} (${stateWord(self)}) and ${other.name} (${stateWord(other)}) do not come together, and neither says why.`;
    const fault =
      alone && other.source?.error
        ? faultAt(other, "likely", `${other.name} does not answer us either`)
        : faultBetween(session, "likely", alone ? `${other.name} cannot be seen from here` : "both ends try");
    return verdict(
      "no-answer",
      sentence,
      fault,
      "Reachability between the two addresses",
      "A filter on TCP port 179, TTL security, the source address",
    );
  });

/** In the order in which they are asked: what a device says of itself goes before what the other end concludes. */
export const DOWN_RULES: readonly Rule[] = [
  adminShutdown,
  prefixLimit,
  interfaceShut,
  linkDown,
  speakerGone,
  wrongPeerAs,
  badPeerAsReported,
  notConfigured,
  bfdDown,
  holdTimer,
  password,
  ceased,
  noRoute,
  refused,
  protocolError,
  peerClosed,
  starting,
  unanswered,
];
