import { CEASE, HOLD_TIMER_EXPIRED } from "../bgp/notification.ts";
import { SHUT_WORDS } from "./diagnose-stated.ts";
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
} from "./session-case.ts";

/** Rules that rest on what an end saw of the other: errors, silence, refusals. */

export const bfdDown: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const neighbor = believed(self);
    const said =
      lastErrorIs(self, CEASE.bfdDown) || lastErrorSays(self, /\bbfd\b/i) || neighbor?.heldDown?.by === "bfd";
    if (!isTrying(self) && neighbor?.heldDown?.by !== "bfd") return undefined;
    if (!said) return undefined;
    return silentOther(session, self, other, "bfd-down", `BFD between ${self.name} and ${other.name} went down`);
  });

export const holdTimer: Rule = (session) =>
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
  if (self.newErrors !== undefined) {
    const because = `${portName(self)} counts input errors, ${self.newErrors} of them lately`;
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
  const because =
    believed(self) && believed(other)
      ? "both ends answer us, so what they send each other is lost on the way"
      : `${other.name} cannot be seen from here`;
  return verdict(
    cause,
    `${what}.`,
    faultBetween(session, "likely", because),
    `The path between ${portName(self)} and ${portName(other)}: filters, MTU, errors`,
  );
}

/** The peer announced that it may restart, and this end keeps forwarding by its routes until a timer ends (RFC 4724 §4.2). */
export const gracefulRestart: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const graceful = believed(self)?.gracefulRestart;
    if (!isTrying(self) || !graceful?.keepingStale) return undefined;
    const within = graceful.restartSec === undefined ? "its restart time" : `${graceful.restartSec} s`;
    return verdict(
      "graceful-restart",
      `${other.name} restarts, and ${self.name} keeps its routes meanwhile, for ${within} at most.`,
      faultAt(other, "likely", `${self.name} says that it keeps the routes of a speaker that is gone`),
      `Whether the BGP daemon of ${other.name} comes back within ${within}; its routes go if not`,
    );
  });

/** With TCP MD5 a wrong key looks like silence: the kernel drops the segments before any daemon sees them (RFC 2385 §2.0). */
export const password: Rule = (session) => {
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

export const refused: Rule = (session) =>
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

export const noRoute: Rule = (session) =>
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

export const ceased: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (!isTrying(self)) return undefined;
    if (lastErrorIs(self, CEASE.adminShutdown, "received")) {
      const text = believed(self)?.lastError?.communication;
      const sentence = `${other.name} ended the session with ${self.name} in an orderly way${quoted(text)}.`;
      const fault = faultAt(other, "certain", "it sent Cease / Administrative Shutdown");
      return { ...verdict("admin-shutdown", sentence, fault, SHUT_WORDS), ...(text && { text }) };
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

export const protocolError: Rule = (session) =>
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

export const peerClosed: Rule = (session) =>
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

export const starting: Rule = (session) => {
  const states = [session.near, session.far].map((self) => believed(self)?.state);
  if (!states.some((state) => state === "open-sent" || state === "open-confirm")) return undefined;
  return {
    cause: "starting",
    sentence: `${session.near.name} and ${session.far.name} are exchanging OPEN messages.`,
    checkFirst: ["Wait a few seconds; if it stays so, compare capabilities and AS numbers"],
  };
};

/** One end's answer may be a moment older than the other's; if it stays so, one of them does not notice. */
export const disputed: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    if (!isTrying(self) || believed(other)?.state !== "established") return undefined;
    return verdict(
      "disputed",
      `${self.name} has lost the session (${stateWord(self)}), and ${other.name} still holds it established.`,
      faultAtBoth(session, "the two ends tell different things"),
      `If it stays so: what ${other.name} waits for; without BFD it notices only when its hold timer ends`,
    );
  });

export const unanswered: Rule = (session) =>
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
