/** The six states of the BGP finite state machine, in order (RFC 4271 §8.2.2). */
export const SESSION_STATES = ["idle", "connect", "active", "open-sent", "open-confirm", "established"] as const;

export type SessionState = (typeof SESSION_STATES)[number];

const BY_WORD: ReadonlyMap<string, SessionState> = new Map(
  SESSION_STATES.map((state) => [state.replaceAll("-", ""), state] as const),
);

/**
 * The state for a device's word, whatever its case and separators (`OpenSent`, `open-sent`, `OPENSENT`).
 * `undefined` for words that are no FSM state (`Passive`, `Close`, `Idle (Admin)`): the adapter must say what they mean.
 */
export function parseSessionState(word: string): SessionState | undefined {
  return BY_WORD.get(word.toLowerCase().replaceAll(/[^a-z]/g, ""));
}

/** How the state is written for people: as every vendor prints it. */
export const SESSION_STATE_NAME: Record<SessionState, string> = {
  idle: "Idle",
  connect: "Connect",
  active: "Active",
  "open-sent": "OpenSent",
  "open-confirm": "OpenConfirm",
  established: "Established",
};
