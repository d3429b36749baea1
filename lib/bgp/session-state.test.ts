import { expect, test } from "vitest";
import { parseSessionState, SESSION_STATE_NAME, SESSION_STATES } from "./session-state.ts";

test("every spelling of a state is the same state", () => {
  for (const word of ["OpenSent", "open-sent", "OPENSENT", "Opensent"])
    expect(parseSessionState(word)).toBe("open-sent");
  for (const state of SESSION_STATES) expect(parseSessionState(SESSION_STATE_NAME[state])).toBe(state);
});

test("a word that is no FSM state is left to the adapter", () => {
  for (const word of ["Passive", "Close", "Idle (Admin)", "", "Shut"]) expect(parseSessionState(word)).toBeUndefined();
});
