/** Why a session is as it is, in one sentence; which end is at fault, and how sure we are. */
export interface Verdict {
  readonly cause: Cause;
  /** State first, then what, where, and what it rests on. Names devices, never "near" or "far". */
  readonly sentence: string;
  /** The operator's own words in the sentence, where it quotes some. */
  readonly text?: string;
  /** Absent while nothing is wrong. */
  readonly fault?: Fault;
  /** What to look at, most telling first. */
  readonly checkFirst: readonly string[];
}

export interface Fault {
  /** `both`: either end may be wrong, and only a comparison tells. `between`: the wire or what stands on it. */
  readonly end: "near" | "far" | "both" | "between" | "unseen";
  /** Device or link, in words: `leaf-3`, `between node-17 and leaf-3`. */
  readonly where: string;
  readonly certainty: "certain" | "likely";
  readonly because: string;
}

export const CAUSES = {
  none: "nothing wrong",
  "speaker-gone": "BGP daemon gone",
  "link-down": "link down",
  "interface-shut": "interface shut",
  "admin-shutdown": "shut on purpose",
  "prefix-limit": "prefix limit hit",
  "wrong-peer-as": "AS numbers disagree",
  password: "passwords differ",
  "not-configured": "not configured at one end",
  "hold-timer": "hold timer expired",
  "bfd-down": "BFD down",
  "connection-refused": "connection refused",
  "no-route": "no route to neighbor",
  "no-answer": "no answer",
  "config-change": "configuration changed",
  "peer-reset": "reset by the other end",
  "protocol-error": "protocol error",
  "graceful-restart": "restarting, routes kept",
  "limit-near": "prefix limit near",
  "family-missing": "address family not agreed",
  "bfd-missing": "BFD not protecting",
  disputed: "the two ends disagree",
  starting: "coming up",
  "source-silent": "source silent",
  unexplained: "cause not visible from here",
} as const;
export type Cause = keyof typeof CAUSES;
