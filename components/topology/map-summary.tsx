"use client";

import { memo, useMemo } from "react";
import { redundancy } from "../../lib/view/redundancy.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { summaryLine } from "../overview/summary-line.ts";
import { groupSources } from "../sources/source-groups.ts";
import { counted } from "../ui/count.ts";
import { plainText } from "../ui/plain-text.ts";

/** What the state means, and what the map does not show. Handed a deferred view: the map itself comes first. */
export const MapSummary = memo(function MapSummary({
  view,
  unplaced,
  filter,
  found,
}: {
  view: FabricView;
  unplaced: number;
  filter: string;
  found: number;
}) {
  const line = useMemo(() => summaryLine(redundancy(view), groupSources(view, view.asOf), view.asOf), [view]);
  return (
    <p className="mt-0.5 text-14 text-muted">
      {line} {unplacedWords(unplaced)} {foundWords(filter, found)}
    </p>
  );
});

function foundWords(filter: string, count: number): string {
  if (filter.trim() === "") return "";
  return count === 0 ? `Nothing here is called ${plainText(filter, 60)}.` : `${counted(count, "device")} found.`;
}

function unplacedWords(count: number): string {
  if (count === 0) return "";
  const are = count === 1 ? "is" : "are";
  return `${counted(count, "session")} with devices that the inventory does not name ${are} not drawn.`;
}
