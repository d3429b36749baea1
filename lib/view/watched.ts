import { freshness, type SourceHealth } from "../fabric/observation.ts";

/** Whether a device answers: `not-observed` has no source at all, of a `silent` one no source is believed any more. */
export type Watched = "answers" | "silent" | "not-observed";

export function watchedOf(
  sources: readonly string[],
  healths: ReadonlyMap<string, SourceHealth>,
  now: number,
): { readonly watched: Watched; readonly heardAt?: number } {
  let heardAt: number | undefined;
  let answers = false;
  for (const id of sources) {
    const source = healths.get(id);
    if (!source) continue;
    answers ||= freshness(source.lastOkAt, source.everyMs, now) !== "unknown";
    if (source.lastOkAt !== undefined) heardAt = Math.max(heardAt ?? 0, source.lastOkAt);
  }
  const watched = sources.length === 0 ? "not-observed" : answers ? "answers" : "silent";
  return { watched, ...(heardAt !== undefined && { heardAt }) };
}
