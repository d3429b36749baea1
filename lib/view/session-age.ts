import { type Freshness, freshness, type SourceHealth } from "../fabric/observation.ts";
import type { EndRow, SessionRow } from "./view.ts";

type Sources = ReadonlyMap<string, SourceHealth>;

/** When the older of the two ends' sources last answered; epoch ms. Absent when no source tells of the session. */
export function heardAt({ near, far }: SessionRow, sources: Sources): number | undefined {
  const a = near.source === undefined ? undefined : sources.get(near.source)?.lastOkAt;
  const b = far.source === undefined ? undefined : sources.get(far.source)?.lastOkAt;
  return a === undefined ? b : b === undefined ? a : Math.min(a, b);
}

/** Age of the older of the two ends' answers, in ms. */
export function ageOf(row: SessionRow, sources: Sources, now: number): number | undefined {
  const at = heardAt(row, sources);
  return at === undefined ? undefined : Math.max(0, now - at);
}

/** How far the figures of this end may still be believed; absent when no source tells of it. */
export function endFreshness({ source }: EndRow, sources: Sources, now: number): Freshness | undefined {
  const health = source === undefined ? undefined : sources.get(source);
  return health && freshness(health.lastOkAt, health.everyMs, now);
}

/** The worse of the two ends that are told: what the age of a row is coloured by. */
export function rowFreshness({ near, far }: SessionRow, sources: Sources, now: number): Freshness | undefined {
  const both = [endFreshness(near, sources, now), endFreshness(far, sources, now)];
  return (["unknown", "stale", "fresh"] as const).find((word) => both.includes(word));
}
