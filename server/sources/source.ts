import type { Neighbor } from "../../lib/fabric/neighbor.ts";
import type { Evidence, Observation } from "../../lib/fabric/observation.ts";
import type { RouteAnswer, RouteQuestion } from "../../lib/fabric/route.ts";

/** Anything that tells us about the fabric. Whether it polls or streams is its own affair. */
export interface Source {
  /** Unique; `<device>/<kind>`. */
  readonly id: string;
  readonly kind: string;
  readonly device: string;
  readonly everyMs: number;
  /** Where it asks, for people: no credentials in it. */
  readonly address: string;
  /**
   * Yields observations until `signal` aborts, at most one request in flight.
   * @throws SourceError when the device is silent, refuses us or talks nonsense; the collector then
   *   shows this source as failing, and calls `observe` anew after a back-off.
   */
  observe(signal: AbortSignal): AsyncIterable<Observation>;
  /** The last raw answers that tell of `neighbor` (or of the whole device), the most telling first, cut and with secrets masked. */
  evidence(neighbor?: Neighbor): readonly Evidence[];
  /**
   * Fetches routes when somebody asks for them; absent where the source cannot. It shares the line of `observe`: still at
   * most one request in flight, and `limits` hold for it too.
   * @throws SourceError like `observe`; `refused` where the device cannot answer this question, with what it lacks.
   */
  routes?(question: RouteQuestion, signal: AbortSignal): Promise<RouteAnswer>;
}

/** The same for every source: limits that a caller outside cannot widen. */
export interface Limits {
  /** Whole time for one poll of one device, all its requests together. */
  readonly deadlineMs: number;
  /** After inflating. */
  readonly maxAnswerBytes: number;
}
