"use client";

import { useMemo } from "react";
import { attention } from "../../lib/view/attention.ts";
import { redundancy } from "../../lib/view/redundancy.ts";
import { viewCounts } from "../../lib/view/summary.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { PageTitle } from "../shell/page-title.tsx";
import { useAsOf } from "../shell/use-as-of.ts";
import { useFilter } from "../shell/use-filter.ts";
import { groupSources } from "../sources/source-groups.ts";
import { useFabric } from "../trpc/use-live-fabric.tsx";
import { StateTitle, stateText } from "../ui/state-title.tsx";
import { AttentionPanel } from "./attention-panel.tsx";
import { EventsPanel } from "./events-panel.tsx";
import { FabricPanel } from "./fabric-panel.tsx";
import { FirstView } from "./first-view.tsx";
import { SourcesPanel } from "./sources-panel.tsx";
import { summaryLine } from "./summary-line.ts";

/** What is wrong now, since when, whom it touches; after it, what the fabric is made of and how we see it. */
export function Overview() {
  const view = useFabric();
  return view && view.devices.size > 0 ? <Watching view={view} /> : <FirstView view={view} />;
}

function Watching({ view }: { view: FabricView }) {
  const asOf = useAsOf();
  const [q] = useFilter();
  const counts = useMemo(() => viewCounts(view), [view]);
  const ways = useMemo(() => redundancy(view), [view]);
  const entries = useMemo(() => attention(view, asOf), [view, asOf]);
  const groups = useMemo(() => groupSources(view, asOf), [view, asOf]);
  const state = stateText(counts, "session");

  return (
    <div className="flex min-h-full flex-col px-6 pt-5 pb-6 max-md:px-0 max-md:pt-3.5">
      <PageTitle state={state} />
      <div className="max-md:px-4">
        <StateTitle counts={counts} noun="session" />
        <p className="mt-0.5 mb-4 text-14 text-muted max-md:mt-1.5 max-md:mb-3">{summaryLine(ways, groups, asOf)}</p>
      </div>
      <div className="grid flex-1 grid-cols-[minmax(0,1fr)_400px] gap-4 max-xl:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-4 max-md:gap-2">
          <AttentionPanel view={view} entries={entries} now={asOf} filter={q} />
          <EventsPanel events={view.events} now={asOf} filter={q} />
        </div>
        <div className="flex min-w-0 flex-col gap-4 max-md:gap-2">
          <FabricPanel view={view} ways={ways} />
          <SourcesPanel groups={groups} now={asOf} />
        </div>
      </div>
    </div>
  );
}
