import { parseSessionState, type SessionState } from "../../../lib/bgp/session-state.ts";
import type { HeldDown } from "../../../lib/fabric/neighbor.ts";
import { peerKeyWith } from "../switch/peer.ts";
import { wordsOf } from "../switch/scalars.ts";
import { longInterfaceName } from "./nxos-scalars.ts";

export const peerKey = peerKeyWith(longInterfaceName);

export interface ToldState {
  readonly state: SessionState;
  readonly rawState?: string;
  readonly heldDown?: HeldDown;
}

/**
 * `Established`, `Idle`, `Shut (Admin)`, `Shut (PfxCt)`, `Closing`: NX-OS's own words beside those of RFC 4271. One that we do
 * not know is a session that is not up, and stays readable as it is.
 *
 * @throws SyntaxError for what is no word at all.
 */
export function stateOf(word: string): ToldState {
  const [, name = "", reason] = /^([A-Za-z]+)\s*(?:\(([^()]{1,100})\))?$/.exec(word.trim().slice(0, 200)) ?? [];
  if (name === "") throw new SyntaxError(`${JSON.stringify(word.slice(0, 40))} is no BGP state`);
  const state = parseSessionState(name);
  if (state && reason === undefined) return { state };
  const rawState = wordsOf(word, 150) ?? "";
  const held = heldDown(name, reason);
  return { state: state ?? "idle", rawState, ...(held && { heldDown: held }) };
}

function heldDown(name: string, reason: string | undefined): HeldDown | undefined {
  if (reason !== undefined && /pfx|prefix/i.test(reason)) return { by: "prefix-limit" };
  if (reason !== undefined && /admin/i.test(reason)) return { by: "admin" };
  if (/^shut/i.test(name)) return reason === undefined ? { by: "admin" } : { by: "other", text: reason };
  return undefined;
}
