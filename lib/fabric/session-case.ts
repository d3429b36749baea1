import { type NotificationCode, sameNotification } from "../bgp/notification.ts";
import { SESSION_STATE_NAME } from "../bgp/session-state.ts";
import type { Interface } from "./device.ts";
import type { SourceHealth } from "./observation.ts";
import type { End, OneEndReason } from "./session.ts";
import type { ObservedState } from "./status.ts";
import type { Cause, Fault, Verdict } from "./verdict.ts";

/** One end of a session with what its own device tells around it. */
export interface EndContext {
  readonly which: "near" | "far";
  readonly end: End;
  /** Device name, or the address where there is none: what sentences call this end. */
  readonly name: string;
  /** The device's port that faces the other end, when it can be told. */
  readonly port?: Interface;
  /** Input errors that this port counted lately. */
  readonly newErrors?: number;
  /** The source that tells of this end, or would. */
  readonly source?: SourceHealth;
  /** The AS of the device, by its own word or, failing that, as its established sessions prove it. */
  readonly knownAs?: number;
}

/** All that a diagnosis may rest on. */
export interface SessionCase {
  readonly near: EndContext;
  readonly far: EndContext;
  readonly state: ObservedState;
  readonly oneEnd?: OneEndReason;
}

export type Rule = (session: SessionCase) => Verdict | undefined;

/** The first finding of `look`, asked from the near end first, then from the far. */
export function fromEitherEnd(
  { near, far }: SessionCase,
  look: (self: EndContext, other: EndContext) => Verdict | undefined,
): Verdict | undefined {
  return look(near, far) ?? look(far, near);
}

/** This end's last error bears the code. Only while the session is not up: afterwards it is history. */
export function lastErrorIs(self: EndContext, code: NotificationCode, direction?: "sent" | "received"): boolean {
  const error = believed(self)?.lastError;
  if (!error || !sameNotification(error.notification, code)) return false;
  return direction === undefined || error.direction === direction;
}

/** This end's own words match, whoever it blames. */
export function lastErrorSays(self: EndContext, words: RegExp): boolean {
  const error = believed(self)?.lastError;
  return error?.direction === "local" && words.test(error.text);
}

/** What the end's speaker says, unless it is too old to be believed. */
export function believed(self: EndContext) {
  return self.end.freshness === "unknown" ? undefined : self.end.neighbor;
}

export function isTrying(self: EndContext): boolean {
  const neighbor = believed(self);
  return neighbor !== undefined && neighbor.state !== "established" && !neighbor.heldDown;
}

/** `Active` or, where our word loses something, the device's own. */
export function stateWord(self: EndContext): string {
  const neighbor = believed(self);
  if (!neighbor) return "nothing";
  return neighbor.rawState ?? SESSION_STATE_NAME[neighbor.state];
}

export function portName({ name, port, end }: EndContext): string {
  const on = port?.name ?? end.neighbor?.interface;
  return on ? `${name}, port ${on}` : name;
}

/** `leaf-3 (Eth1/17)`, for a sentence that names two. */
export function withPort({ name, port, end }: EndContext): string {
  const on = port?.name ?? end.neighbor?.interface;
  return on ? `${name} (${on})` : name;
}

export function verdict(cause: Cause, sentence: string, fault: Fault, ...checkFirst: string[]): Verdict {
  return { cause, sentence, fault, checkFirst };
}

export function faultAt(self: EndContext, certainty: Fault["certainty"], because: string, where = self.name): Fault {
  return { end: self.which, where, certainty, because };
}

export function faultBetween(session: SessionCase, certainty: Fault["certainty"], because: string): Fault {
  return { end: "between", where: `between ${session.near.name} and ${session.far.name}`, certainty, because };
}

export function faultAtBoth(session: SessionCase, because: string): Fault {
  return { end: "both", where: `${session.near.name} or ${session.far.name}`, certainty: "likely", because };
}

/** `: "text"` with the operator's text, which may come from either end. */
export function quoted(text: string | undefined): string {
  return text ? `: “${text}”` : "";
}
