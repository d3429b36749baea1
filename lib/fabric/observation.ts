import type { AddressBinding, MacBinding } from "./attachment.ts";
import type { DeviceFacts, Interface, InterfaceTraffic } from "./device.ts";
import type { Neighbor } from "./neighbor.ts";
import type { Resources, TableUse } from "./resources.ts";
import type { RouteCount } from "./route.ts";

/**
 * What one source said at one instant. A part that is absent was not asked or not answered this time, and what this
 * source said of it before stands, with its old age. A part that is present replaces the earlier one whole.
 *
 * A source that gives the same object again for what did not change makes the comparison free.
 */
export interface Observation {
  readonly source: string;
  readonly device: string;
  /** When the answer was complete; epoch ms of the console's clock. */
  readonly observedAt: number;
  readonly tookMs: number;
  readonly facts?: DeviceFacts;
  readonly neighbors?: readonly Neighbor[];
  readonly interfaces?: readonly Interface[];
  readonly traffic?: readonly InterfaceTraffic[];
  readonly resources?: Resources;
  readonly tables?: readonly TableUse[];
  readonly routeCounts?: readonly RouteCount[];
  /** ARP and ND. */
  readonly addresses?: readonly AddressBinding[];
  readonly macs?: readonly MacBinding[];
  /** Parts that were asked and failed while others were answered. */
  readonly trouble?: readonly Trouble[];
}

export interface Trouble {
  /** The command or part, as the operator would type it. */
  readonly part: string;
  readonly text: string;
}

/** A device's answer as it came, for people to read. */
export interface Evidence {
  readonly source: string;
  readonly device: string;
  readonly command: string;
  readonly observedAt: number;
  /** At most 64 KiB, secrets masked; `cutChars` says how much is missing. */
  readonly text: string;
  readonly cutChars?: number;
}

/** The closed set of reasons for which a source gives no observation. Sentences: `SOURCE_TROUBLE`. */
export const SOURCE_ERROR_REASONS = [
  "unreachable",
  "no-daemon",
  "timeout",
  "cut-off",
  "certificate",
  "unauthorized",
  "redirected",
  "too-large",
  "malformed",
  "refused",
  "failed",
] as const;
export type SourceErrorReason = (typeof SOURCE_ERROR_REASONS)[number];

/** How a source is doing, as the collector sees it. */
export interface SourceHealth {
  readonly id: string;
  /** `bird`, `frr`, `arista-eapi`, ... */
  readonly kind: string;
  readonly device: string;
  /** Promised time between two observations. */
  readonly everyMs: number;
  /**
   * `waiting`: never answered yet. `ok`: last attempt answered. `partial`: answered, a part failed.
   * `failing`: last attempt failed.
   */
  readonly state: "waiting" | "ok" | "partial" | "failing";
  readonly lastOkAt?: number;
  readonly tookMs?: number;
  readonly error?: { readonly reason: SourceErrorReason; readonly text: string; readonly since: number };
  readonly trouble?: readonly Trouble[];
  /** Where it asks, without credentials: `unix:/run/bird/bird.ctl`, `https://10.0.0.1`. */
  readonly address: string;
}

export type Freshness = "fresh" | "stale" | "unknown";

/** Stale at 2 intervals, unknown at 3 (reliability rules). A source that never answered is unknown. */
export function freshness(lastOkAt: number | undefined, everyMs: number, now: number): Freshness {
  if (lastOkAt === undefined) return "unknown";
  const age = now - lastOkAt;
  return age >= 3 * everyMs ? "unknown" : age >= 2 * everyMs ? "stale" : "fresh";
}
