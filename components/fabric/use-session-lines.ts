"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { foldSessions, type SessionLine } from "../../lib/view/fold-sessions.ts";
import type { SessionFilter } from "../../lib/view/session-filter.ts";
import { type SortBy, sortSessions } from "../../lib/view/sort-sessions.ts";
import type { FabricView, SessionRow } from "../../lib/view/view.ts";
import { heldLines, newsCount } from "./held-lines.ts";

interface Wanted {
  readonly filter: SessionFilter;
  readonly sort: readonly SortBy[];
  readonly fold: boolean;
  readonly open: ReadonlySet<string>;
}

/** The rows that the filter lets through. Asked again by time only when the filter asks about time. */
export function useFiltered(view: FabricView, filter: SessionFilter, now: number): readonly SessionRow[] {
  const { sessions, sources } = view;
  const instant = filter.timed ? now : 0;
  const asked = filter.timed ? sources : undefined;
  return useMemo(() => {
    const context = { now: instant, sources: asked ?? new Map() };
    return [...sessions.values()].filter((row) => filter.match(row, context));
  }, [sessions, asked, filter, instant]);
}

/**
 * The lines of the list, in order. While `held`, what is on the screen keeps its place, though each line goes on
 * telling what is true: `news` says how many lines would come, go or move, and `release` lets them.
 */
export function useSessionLines(view: FabricView, rows: readonly SessionRow[], wanted: Wanted, held: boolean) {
  const { sort, fold, open } = wanted;
  const byAge = sort.some(({ key }) => key === "age");
  const sources = byAge ? view.sources : undefined;
  const before = useRef<readonly string[]>([]);
  const sorted = useMemo(() => {
    const next = sortSessions(nearly(rows, before.current), sort, sources);
    before.current = next.map(({ id }) => id);
    return next;
  }, [rows, sort, sources]);
  const fresh = useMemo<readonly SessionLine[]>(
    () => (fold ? foldSessions(sorted, open) : sorted.map((row) => ({ kind: "one", row }))),
    [sorted, fold, open],
  );

  const [kept, setKept] = useState<{ readonly lines: readonly SessionLine[]; readonly for: Wanted }>();
  const same = kept !== undefined && sameWish(kept.for, wanted);
  useEffect(() => {
    if (!held) setKept(undefined);
    else if (!same) setKept({ lines: fresh, for: wanted });
  }, [held, same, fresh, wanted]);

  const holding = held && same ? kept.lines : undefined;
  const lines = useMemo(
    () => (holding ? heldLines(holding, fresh, view.sessions) : fresh),
    [holding, fresh, view.sessions],
  );
  const news = useMemo(() => (holding ? newsCount(holding, fresh) : 0), [holding, fresh]);
  return { lines, news, release: () => setKept({ lines: fresh, for: wanted }) };
}

/** A change of what is wanted is the reader's own doing, and is done at once. */
function sameWish(a: Wanted, b: Wanted): boolean {
  return a.filter === b.filter && a.sort === b.sort && a.fold === b.fold && a.open === b.open;
}

/** The rows in the order in which they stood: sorting what is nearly sorted takes one pass. */
function nearly(rows: readonly SessionRow[], before: readonly string[]): readonly SessionRow[] {
  if (before.length === 0) return rows;
  const left = new Map(rows.map((row) => [row.id, row]));
  const known: SessionRow[] = [];
  for (const id of before) {
    const row = left.get(id);
    if (!row) continue;
    known.push(row);
    left.delete(id);
  }
  return [...known, ...left.values()];
}
