import { parseSessionState, type SessionState } from "../../../lib/bgp/session-state.ts";
import type { HeldDown } from "../../../lib/fabric/neighbor.ts";
import { deviceText, MAX_WORDS } from "./device-text.ts";

/** A state as FRR prints it: the word of the FSM, and in brackets what else holds. */
export interface StateWords {
  readonly state: SessionState;
  /** FRR's own word for the state. */
  readonly word: string;
  /** `Admin` of `Idle (Admin)`. */
  readonly bracket?: string;
}

/**
 * FRR has two states beside the six of RFC 4271: `Clearing` empties the tables of a session just lost, `Deleted` is a
 * neighbor whose configuration goes away. Both are Idle to the outside.
 *
 * Undefined for words that FRR does not have.
 */
export function parseStateWords(words: string): StateWords | undefined {
  const [, word, bracket] = /^([A-Za-z]{1,20})(?: \(([^()]{1,40})\))?$/.exec(words) ?? [];
  if (word === undefined) return undefined;
  const state = word === "Clearing" || word === "Deleted" ? "idle" : parseSessionState(word);
  return state && { state, word, ...(bracket !== undefined && { bracket }) };
}

/** FRR's words, where our six states lose something: a remark in brackets, or a state that only FRR has. */
export function rawStateOf({ state, word }: StateWords, remark: string | undefined): string | undefined {
  if (remark !== undefined) return `${word} (${deviceText(remark, MAX_WORDS - 30)})`;
  return parseSessionState(word) === state ? undefined : word;
}

/** What `peerState` of the summary, or the bracket behind the state, says of why the session is not up. */
export function heldDownBy(word: string | undefined): HeldDown | undefined {
  switch (word) {
    case "Admin":
      return { by: "admin" };
    case "PfxCt":
      return { by: "prefix-limit" };
    case "Passive":
      return { by: "passive" };
    default:
      return undefined;
  }
}

/** Reasons of FRR's `peer_down_str` (bgpd/bgp_fsm.c) for which it waits, and does not try to connect. */
const WAITING: ReadonlyMap<string, HeldDown["by"]> = new Map([
  ["Waiting for NHT", "no-route"],
  ["Interface down", "interface-down"],
  ["Waiting for Peer IPv6 LLA", "other"],
  ["Neighbor address lost", "other"],
  ["Waiting for VRF to be initialized", "other"],
]);

export function waitingFor(resetReason: string | undefined): HeldDown | undefined {
  if (resetReason === undefined) return undefined;
  const by = WAITING.get(resetReason);
  return by && { by, text: resetReason };
}
