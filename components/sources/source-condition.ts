import { freshness, type SourceHealth } from "../../lib/fabric/observation.ts";

/** Worst first: the order of every list of sources. */
export const SOURCE_CONDITIONS = ["silent", "waiting", "late", "partial", "ok"] as const;

/**
 * `silent`: nothing for three intervals. `waiting`: never heard, and not yet overdue to say why. `late`: the last
 * answer is two intervals old, or the last attempt failed. `partial`: it answers, and a part of it does not.
 */
export type SourceCondition = (typeof SOURCE_CONDITIONS)[number];

export const CONDITION_WORD: Record<SourceCondition, string> = {
  silent: "silent",
  waiting: "not heard yet",
  late: "late",
  partial: "answers in part",
  ok: "answers",
};

export function conditionOf(source: SourceHealth, now: number): SourceCondition {
  if (source.lastOkAt === undefined) return source.state === "waiting" ? "waiting" : "silent";
  const age = freshness(source.lastOkAt, source.everyMs, now);
  if (age === "unknown") return "silent";
  if (age === "stale" || source.state === "failing") return "late";
  return source.state === "partial" ? "partial" : "ok";
}

export function worseCondition(a: SourceCondition, b: SourceCondition): number {
  return SOURCE_CONDITIONS.indexOf(a) - SOURCE_CONDITIONS.indexOf(b);
}

export type ConditionCounts = Readonly<Record<SourceCondition, number>>;

export function countConditions(sources: Iterable<SourceHealth>, now: number): ConditionCounts {
  const counts = { silent: 0, waiting: 0, late: 0, partial: 0, ok: 0 };
  for (const source of sources) counts[conditionOf(source, now)] += 1;
  return counts;
}
