"use client";

import { useMemo, useState } from "react";
import type { SessionFilter } from "../../lib/view/session-filter.ts";
import type { FabricView, SessionRow } from "../../lib/view/view.ts";
import { useShortcuts } from "../shell/shortcuts.tsx";
import { counted } from "../ui/count.ts";
import { Kbd } from "../ui/kbd.tsx";
import type { ColumnId } from "./session-columns.ts";
import { SessionGrid } from "./session-grid.tsx";
import { useSessionLines } from "./use-session-lines.ts";
import { DENSITIES, type SessionsAddress } from "./use-sessions-address.ts";

/** The sessions of a page as a grid: sorted, folded, and still under the pointer. `onLines` is told how many rows stand. */
export function SessionList({
  view,
  rows,
  filter,
  address,
  asOf,
  label,
  only,
  children,
}: {
  view: FabricView;
  rows: readonly SessionRow[];
  filter: SessionFilter;
  address: SessionsAddress;
  asOf: number;
  label: string;
  /** Columns for a place that is too narrow for those of the address. */
  only?: readonly ColumnId[];
  children?: (lines: number) => React.ReactNode;
}) {
  const { sort, fold, open, columns, density, selected } = address;
  const [held, setHeld] = useState(false);
  const wanted = useMemo(() => ({ filter, sort, fold, open }), [filter, sort, fold, open]);
  const { lines, news, release } = useSessionLines(view, rows, wanted, held);
  useShortcuts([{ keys: "r", label: "Let changed rows move", run: release }]);
  const context = useMemo(() => ({ now: asOf, sources: view.sources }), [asOf, view.sources]);
  return (
    <>
      <div className="relative flex min-h-0 flex-1 flex-col">
        {news > 0 && (
          <button
            type="button"
            onClick={release}
            className="absolute top-9 left-1/2 z-20 flex h-7 -translate-x-1/2 items-center gap-2 rounded-control border border-info bg-raised px-3 whitespace-nowrap shadow-float max-md:h-11"
          >
            {counted(news, "change")}
            <span className="text-muted max-md:hidden">
              press <Kbd>r</Kbd>
            </span>
          </button>
        )}
        <SessionGrid
          lines={lines}
          sessions={view.sessions}
          columns={only ?? columns}
          sort={sort}
          onSort={address.setSort}
          rowPx={DENSITIES[density]}
          selected={selected}
          onSelect={address.select}
          onFold={address.toggleOpen}
          onHold={setHeld}
          context={context}
          label={label}
        />
      </div>
      {children?.(lines.length)}
    </>
  );
}
