import {
  bfdDown,
  ceased,
  disputed,
  gracefulRestart,
  holdTimer,
  noRoute,
  password,
  peerClosed,
  protocolError,
  refused,
  starting,
  unanswered,
} from "./diagnose-inferred.ts";
import {
  adminShutdown,
  badPeerAsReported,
  interfaceShut,
  linkDown,
  notConfigured,
  prefixLimit,
  speakerGone,
  wrongPeerAs,
} from "./diagnose-stated.ts";
import type { Rule } from "./session-case.ts";

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
  gracefulRestart,
  peerClosed,
  starting,
  disputed,
  unanswered,
];
