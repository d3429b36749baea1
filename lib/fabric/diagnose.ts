import { ADDRESS_FAMILY_NAME } from "../bgp/address-family.ts";
import { DOWN_RULES } from "./diagnose-down.ts";
import type { SessionStatus } from "./session.ts";
import {
  believed,
  type EndContext,
  faultAt,
  faultBetween,
  fromEitherEnd,
  type Rule,
  type SessionCase,
  verdict,
} from "./session-case.ts";
import { endSays, prefixLimitUse } from "./status.ts";
import type { Verdict } from "./verdict.ts";

/** The session's status, with degraded told from up, and why. */
export function diagnose(session: SessionCase): { status: SessionStatus; verdict: Verdict } {
  const { status } = session.state;
  if (status === "unknown") return { status, verdict: unseen(session) };
  if (status === "up") {
    const degraded = first(DEGRADED_RULES, session);
    return degraded ? { status: "degraded", verdict: degraded } : { status, verdict: healthy(session) };
  }
  const found = first(DOWN_RULES, session) ?? unexplained(session);
  // Seen from one end only, an orderly shutdown by the other is its purpose, not a loss.
  const onPurpose =
    found.cause === "admin-shutdown" && session.oneEnd !== undefined && session.oneEnd !== "not-configured";
  return { status: onPurpose ? "admin-down" : status, verdict: found };
}

function first(rules: readonly Rule[], session: SessionCase): Verdict | undefined {
  for (const rule of rules) {
    const found = rule(session);
    if (found) return found;
  }
  return undefined;
}

const familyMissing: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const missing = believed(self)?.families.find((family) => family.negotiated === false);
    if (!missing) return undefined;
    const name = ADDRESS_FAMILY_NAME[missing.family];
    return verdict(
      "family-missing",
      `The session is up without ${name}: ${self.name} offers it and ${other.name} does not agree.`,
      faultAt(other, "likely", `${name} was not negotiated`),
      `Activate ${name} for this neighbor on ${other.name}, or remove it on ${self.name}`,
    );
  });

const limitNear: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const neighbor = believed(self);
    const use = neighbor && prefixLimitUse(neighbor);
    if (!use || use.percent < use.warnAt) return undefined;
    return verdict(
      "limit-near",
      `${other.name} announces ${use.count} prefixes to ${self.name}, whose limit is ${use.max} (${Math.round(use.percent)} %).`,
      faultAt(self, "certain", `the limit on ${self.name} is near`),
      `Raise the limit on ${self.name} before it closes the session, or find what ${other.name} announces too much`,
    );
  });

const bfdMissing: Rule = (session) =>
  fromEitherEnd(session, (self, other) => {
    const bfd = believed(self)?.bfd;
    if (!bfd || (bfd.state !== "down" && bfd.state !== "init")) return undefined;
    return verdict(
      "bfd-missing",
      `The session is up, but BFD between ${self.name} and ${other.name} is not: a dead path is noticed only by the hold timer.`,
      faultBetween(session, "likely", `${self.name} says that BFD is ${bfd.state}`),
      "Whether both ends speak BFD, both single-hop or both multihop",
    );
  });

const DEGRADED_RULES: readonly Rule[] = [familyMissing, limitNear, bfdMissing];

function healthy({ near, far }: SessionCase): Verdict {
  const both = endSays(near.end) === "up" && endSays(far.end) === "up";
  const [self, other] = endSays(near.end) === "up" ? [near, far] : [far, near];
  const sentence = both
    ? `${near.name} and ${far.name} both hold the session established.`
    : `${self.name} holds the session established; ${other.name} is not seen from here.`;
  return { cause: "none", sentence, checkFirst: [] };
}

function unseen({ near, far }: SessionCase): Verdict {
  const silent = [near, far].filter((self) => self.source);
  const names = (silent.length > 0 ? silent : [near, far]).map((self) => self.name).join(" and ");
  const why = silent.find((self) => self.source?.error)?.source?.error?.text;
  return {
    cause: "source-silent",
    sentence: `${names} cannot be seen${why ? `: ${why}` : ""}. Whether the session is up is not known.`,
    fault: { end: "unseen", where: names, certainty: "certain", because: "no end has answered within three intervals" },
    checkFirst: [`Why ${names} does not answer: see Sources`],
  };
}

function unexplained({ near, far }: SessionCase): Verdict {
  const says = (self: EndContext) =>
    `${self.name} says ${believed(self)?.rawState ?? believed(self)?.state ?? "nothing"}`;
  return {
    cause: "unexplained",
    sentence: `The session between ${near.name} and ${far.name} is not up: ${says(near)}, ${says(far)}.`,
    checkFirst: ["The raw answers of both ends"],
  };
}
