import { z } from "zod";
import { parseSessionState, type SessionState } from "../../../lib/bgp/session-state.ts";
import type { HeldDown } from "../../../lib/fabric/neighbor.ts";
import { wordsOf } from "../switch/scalars.ts";

/** EOS's word for the state. `Estab` stands in text tables; a reason may stand in brackets: `Idle(Admin)`. */
export const peerState = z.string().transform((word, context): { state: SessionState; reason?: string } => {
  const [, name = "", reason] = /^([A-Za-z]+)\s*(?:\(([^()]{1,100})\))?$/.exec(word.slice(0, 200).trim()) ?? [];
  const state = name === "Estab" ? "established" : parseSessionState(name);
  if (state) return { state, ...(reason !== undefined && { reason }) };
  context.addIssue(`${JSON.stringify(word.slice(0, 40))} is no BGP state that we know`);
  return z.NEVER;
});

const HELD_DOWN: readonly (readonly [RegExp, HeldDown["by"]])[] = [
  [/max|limit|pfxct/i, "prefix-limit"],
  [/admin|shut/i, "admin"],
  [/bfd/i, "bfd"],
  [/no ?route|unreachable/i, "no-route"],
  [/interface|link/i, "interface-down"],
];

/** `Admin`, `NoInterface`, `MaxPath` of a summary; whole sentences of `show bgp neighbors`. Only an idle peer is held. */
export function heldDown(state: SessionState | undefined, reason: string | undefined): HeldDown | undefined {
  const text = reason === undefined ? undefined : wordsOf(reason, 200);
  if (state !== "idle" || text === undefined) return undefined;
  const by = HELD_DOWN.find(([pattern]) => pattern.test(text))?.[1] ?? "other";
  // The bare word says no more than `by`; a sentence would read as the operator's own text.
  return by === "admin" && /^admin(istrative(ly)?)?( ?(down|shutdown))?$/i.test(text) ? { by } : { by, text };
}

/** `Idle(NoInterface)`, as the switch's own prompt shows it. */
export function rawState(state: SessionState, reason: string | undefined): string | undefined {
  const text = reason === undefined ? undefined : wordsOf(reason, 150);
  return state === "idle" && text !== undefined ? `Idle(${text})` : undefined;
}
