import type { SessionStatus } from "../fabric/session.ts";

export const EVENT_KINDS = [
  "session-up",
  "session-down",
  "session-degraded",
  "session-unknown",
  "session-admin-down",
  "session-appeared",
  "session-vanished",
  "session-flapped",
  "session-cause",
  "source-silent",
  "source-back",
  "collector-impaired",
  "collector-recovered",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** It happened: one line of the log. Numbered by the live fabric, without gaps, within one run of the console. */
export interface FabricEvent {
  readonly seq: number;
  /** When the console learnt it; epoch ms. */
  readonly at: number;
  readonly kind: EventKind;
  /** The mark it carries on screen. `info` for news that is neither good nor bad. */
  readonly tone: SessionStatus | "info";
  readonly sentence: string;
  readonly session?: string;
  readonly devices: readonly string[];
  readonly source?: string;
}
