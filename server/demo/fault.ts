/**
 * What can go wrong in the demo. A fault on a session is made at one end: `at` is the device where it was made,
 * `towards` the other end. A fault on a device has only `at`.
 */
export interface Fault {
  readonly kind: FaultKind;
  readonly at: string;
  readonly towards?: string;
  /** The operator's words, for the shutdowns. */
  readonly text?: string;
}

export const SESSION_FAULTS = {
  flap: "session reset once by the operator; comes back by itself",
  "link-down": "cable out: no light at either end",
  "port-shut": "port shut at A",
  blackhole: "light is on, packets vanish",
  "admin-down": "neighbor shut at A (a switch), with text",
  disable: "BIRD protocol disabled at A (a node), with text",
  "wrong-as": "A expects another AS of B",
  "wrong-md5": "password changed at A only",
  "max-prefix": "the node announces more than the leaf's limit",
  "near-limit": "the node announces nearly as much as the leaf's limit",
} as const;
export type SessionFaultKind = keyof typeof SESSION_FAULTS;

export const DEVICE_FAULTS = {
  kill: "BIRD killed on node A",
  slow: "A answers our questions late",
  dead: "A takes our connections and never answers",
} as const;
/** How late a slow device answers. */
export const SLOW_MS = 4_000;
export type DeviceFaultKind = keyof typeof DEVICE_FAULTS;

export type FaultKind = SessionFaultKind | DeviceFaultKind;

/** Which one shows when several stand on one session: the one that hides the others comes first. */
export const HIDING_ORDER: readonly FaultKind[] = [
  "kill",
  "link-down",
  "port-shut",
  "admin-down",
  "disable",
  "blackhole",
  "wrong-md5",
  "wrong-as",
  "max-prefix",
];

export function isSessionFault(kind: string): kind is SessionFaultKind {
  return Object.hasOwn(SESSION_FAULTS, kind);
}

export function isDeviceFault(kind: string): kind is DeviceFaultKind {
  return Object.hasOwn(DEVICE_FAULTS, kind);
}
