import type { End } from "./end.ts";
import type { Fault } from "./fault.ts";

/** One invented session: its two ends, and what is wrong with it. */
export interface Session {
  readonly kind: "tor-spine" | "node-tor";
  /** Upper tier first. */
  readonly ends: readonly [End, End];
  /** At most one of a kind. */
  readonly faults: Map<Fault["kind"], Fault>;
  /** The fault whose effects the ends show. */
  shown?: Fault | undefined;
  /** When the cable last lost or found its light; epoch ms. */
  lightChangedAt: number;
  /** When BFD last saw the path break or mend; epoch ms. */
  pathChangedAt: number;
}

export function endAt(session: Session, device: string): End {
  return session.ends[0].device.name === device ? session.ends[0] : session.ends[1];
}
