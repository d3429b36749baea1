"use client";

import { useMemo } from "react";
import type { FabricView } from "../../lib/view/view.ts";
import { PageTitle } from "../shell/page-title.tsx";
import { useAsOf } from "../shell/use-as-of.ts";
import { useFilter } from "../shell/use-filter.ts";
import { WaitingForServer } from "../shell/waiting-for-server.tsx";
import { useFabric } from "../trpc/use-live-fabric.tsx";
import { counted, countText } from "../ui/count.ts";
import { Notice } from "../ui/notice.tsx";
import { plainText } from "../ui/plain-text.ts";
import { StatusMark } from "../ui/status-mark.tsx";
import { type ConditionCounts, countConditions } from "./source-condition.ts";
import { sourceRows } from "./source-rows.ts";
import { SourceTable } from "./source-table.tsx";

/** Everything that tells us about the fabric: whether it does, how long ago, and why not. */
export function SourcesPage() {
  const view = useFabric();
  return view ? <Sources view={view} /> : <WaitingForServer what="the sources" />;
}

function Sources({ view }: { view: FabricView }) {
  const asOf = useAsOf();
  const [q] = useFilter();
  const counts = useMemo(() => countConditions(view.sources.values(), asOf), [view, asOf]);
  const rows = useMemo(() => sourceRows(view, asOf, q), [view, asOf, q]);
  const total = view.sources.size;
  const answering = counts.ok + counts.partial + counts.late;

  return (
    <div className="flex h-full flex-col pt-5 max-md:pt-3.5">
      <PageTitle state={titleText(counts, total)} />
      <div className="px-6 max-md:px-4">
        <h1 className="flex flex-wrap items-baseline gap-x-2.5">
          {counts.silent > 0 && (
            <span className="text-unknown">
              <StatusMark tone="unknown" size={18} /> {countText(counts.silent)} silent
              <span className="text-faint">,</span>
            </span>
          )}
          <span className={counts.silent > 0 ? "font-normal text-muted" : ""}>
            {counts.silent > 0 ? `${countText(answering)} answer` : titleText(counts, total)}
          </span>
        </h1>
        <p className="mt-0.5 mb-4 text-14 text-muted">{meaning(counts, total)}</p>
      </div>
      <div className="min-h-0 flex-1 border-t border-border bg-panel">
        {rows.length > 0 && <SourceTable rows={rows} now={asOf} />}
        {rows.length === 0 && total === 0 && (
          <Notice title="No source is configured.">
            A device is asked through the <span className="mono">sources</span> that stand under it in{" "}
            <span className="mono">peerglass.yaml</span>.
          </Notice>
        )}
        {rows.length === 0 && total > 0 && (
          <Notice title={`None of the ${counted(total, "source")} matches “${plainText(q, 60)}”.`}>
            Clear the filter with Esc in the search box.
          </Notice>
        )}
      </div>
      <footer className="flex flex-none gap-4 border-t border-border px-6 py-2 text-12 text-muted max-md:px-4">
        {countText(rows.length)} of {counted(total, "source")} shown
        <span className="ml-auto max-md:hidden">
          Late after 2 intervals, silent after 3. Nothing silent counts as up or down.
        </span>
      </footer>
    </div>
  );
}

function titleText(counts: ConditionCounts, total: number): string {
  if (total === 0) return "No sources";
  if (counts.silent > 0) return `${counts.silent} silent of ${counted(total, "source")}`;
  if (counts.waiting > 0) return `${counts.waiting} of ${counted(total, "source")} not heard yet`;
  return total === 1 ? "The source answers" : `All ${counted(total, "source")} answer`;
}

function meaning({ silent, waiting, late, partial }: ConditionCounts, total: number): string {
  if (total === 0) return "Without a source nothing can be seen.";
  const parts = [
    waiting > 0 && silent > 0 && `${countText(waiting)} not heard yet`,
    late > 0 && `${countText(late)} late`,
    partial > 0 && `${countText(partial)} answer in part`,
  ].filter((part) => part !== false);
  if (silent > 0) parts.unshift("What only a silent source could tell is shown as unknown, never as down");
  return parts.length > 0 ? `${parts.join("; ")}.` : "Every answer is younger than two of its intervals.";
}
