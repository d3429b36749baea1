"use client";

import { SlidersHorizontal } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useDeferredValue, useMemo, useState } from "react";
import { sessionFacets } from "../../lib/view/facets.ts";
import { sessionFilter } from "../../lib/view/session-filter.ts";
import { viewCounts } from "../../lib/view/summary.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { PageTitle } from "../shell/page-title.tsx";
import { useAsOf } from "../shell/use-as-of.ts";
import { useFilter } from "../shell/use-filter.ts";
import { WaitingForServer } from "../shell/waiting-for-server.tsx";
import { useFabric } from "../trpc/use-live-fabric.tsx";
import { Button } from "../ui/button.tsx";
import { ClearFilter } from "../ui/clear-filter.tsx";
import { counted, countText } from "../ui/count.ts";
import { Dialog } from "../ui/dialog.tsx";
import { clockText, spanText } from "../ui/format-time.ts";
import { Notice } from "../ui/notice.tsx";
import { StateTitle, stateText } from "../ui/state-title.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { FacetList } from "./facet-list.tsx";
import { FilterField } from "./filter-field.tsx";
import { SessionList } from "./session-list.tsx";
import { useFiltered } from "./use-session-lines.ts";
import { useSessionsAddress } from "./use-sessions-address.ts";
import { ViewMenu } from "./view-menu.tsx";

/** Every session of the fabric, worst first. */
export function SessionsScreen() {
  const view = useFabric();
  return view ? <Sessions view={view} /> : <WaitingForServer what="the sessions" />;
}

function Sessions({ view }: { view: FabricView }) {
  const asOf = useAsOf();
  const [q, setQ] = useFilter();
  const [, pressQ] = useQueryState("q", parseAsString.withDefault("").withOptions({ history: "push" }));
  // What was pressed can be taken back with the browser's own button; what was typed is no step for each letter.
  const press = (text: string) => void pressQ(text === "" ? null : text);
  const asked = useDeferredValue(q);
  const filter = useMemo(() => sessionFilter(asked), [asked]);
  const address = useSessionsAddress();
  const rows = useFiltered(view, filter, asOf);
  const counts = useMemo(() => viewCounts(view), [view]);
  const facets = useMemo(() => sessionFacets([...view.sessions.values()], rows), [view.sessions, rows]);
  const [sheet, setSheet] = useState(false);
  const total = view.sessions.size;

  return (
    <div className="grid h-full grid-cols-[212px_minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] max-md:grid-cols-1">
      <PageTitle state={stateText(counts, "session")} />
      <header className="col-span-full flex flex-wrap items-end gap-2 px-6 pt-5 pb-3.5 max-md:px-4 max-md:pt-3.5">
        <div className="min-w-0 flex-1">
          <StateTitle counts={counts} noun="session" />
        </div>
        <ViewMenu
          columns={address.columns}
          onColumns={address.setColumns}
          density={address.density}
          onDensity={address.setDensity}
        />
        <ExportMenu view={view} rows={rows} filter={asked} asOf={asOf} />
      </header>
      <aside aria-label="Narrow the list" className="min-h-0 overflow-auto pt-1 pr-3 pb-4 pl-6 max-md:hidden">
        <FacetList facets={facets} text={q} onChange={press} />
      </aside>
      <section
        aria-label="Sessions"
        className="flex min-h-0 min-w-0 flex-col rounded-tl-panel border-t border-l border-border bg-panel max-md:rounded-none max-md:border-l-0"
      >
        <div className="flex flex-wrap items-center gap-2 border-b border-border px-4 py-[7px]">
          <FilterField text={q} onChange={setQ} />
          <Button
            look="quiet"
            aria-pressed={address.fold}
            onClick={() => address.setFold(!address.fold)}
            title="Sessions that one cause explains stand in one row"
            className={address.fold ? "text-text!" : ""}
          >
            {address.fold ? "Same cause folded" : "Every session by itself"}
          </Button>
          <Button look="quiet" className="md:hidden" onClick={() => setSheet(true)}>
            <SlidersHorizontal aria-hidden="true" size={14} strokeWidth={1.5} /> Narrow
          </Button>
          {filter.problems.length > 0 && (
            <div role="status" className="basis-full text-muted">
              {filter.problems.map((problem) => (
                <p key={problem} className="said">
                  {problem}. It filters nothing.
                </p>
              ))}
            </div>
          )}
        </div>
        {rows.length === 0 ? (
          <NoRows total={total} filtered={q !== ""} onClear={() => press("")} />
        ) : (
          <SessionList view={view} rows={rows} filter={filter} address={address} asOf={asOf} label="Sessions">
            {(lines) => (
              <footer className="flex min-h-8 flex-wrap items-center gap-x-4 border-t border-border px-4 py-1 text-12 text-muted">
                <span>
                  {countText(rows.length)} of {counted(total, "session")} shown
                  {lines !== rows.length && ` in ${counted(lines, "row")}`}
                  {rows.length < total && `; ${countText(total - rows.length)} filtered out`}
                </span>
                <span className="ml-auto max-lg:hidden">
                  Received and accepted: by the ToR from the node. Advertised: by the ToR to the node.
                </span>
                <span className="max-lg:ml-auto">
                  as of {clockText(view.asOf)}, {spanText(asOf - view.asOf)} ago
                </span>
              </footer>
            )}
          </SessionList>
        )}
      </section>
      <Dialog open={sheet} onOpenChange={setSheet} title="Narrow the list">
        <FacetList facets={facets} text={q} onChange={press} />
      </Dialog>
    </div>
  );
}

function NoRows({ total, filtered, onClear }: { total: number; filtered: boolean; onClear: () => void }) {
  if (total > 0 && filtered) {
    return (
      <Notice title={`None of ${counted(total, "session")} matches.`} action={<ClearFilter onClear={onClear} />}>
        All words of the box must match; values of one field are alternatives.
      </Notice>
    );
  }
  return (
    <Notice title="No session has been seen yet.">
      A session appears with the first answer of either of its two speakers. The Sources page says who has answered, and
      why others have not.
    </Notice>
  );
}
