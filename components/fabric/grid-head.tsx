// biome-ignore-all lint/a11y/useSemanticElements: rows that are made as they come into sight are no table of HTML
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus for its rows (aria-activedescendant)
import { ArrowDown, ArrowUp } from "lucide-react";
import type { SortBy, SortKey } from "../../lib/view/sort-sessions.ts";
import { COLUMNS, type ColumnId } from "./session-columns.ts";

/** The head of the grid. A press sorts by the column; with shift, by this one after the others. */
export function GridHead({
  columns,
  sort,
  template,
  hidden,
  onSort,
}: {
  columns: readonly ColumnId[];
  sort: readonly SortBy[];
  template: string;
  hidden: boolean;
  onSort: (key: SortKey, add: boolean) => void;
}) {
  return (
    <div role="rowgroup" className={hidden ? "sr-only" : "sticky top-0 z-10 bg-panel"}>
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-7 items-center border-b border-border px-[10px] text-12 text-faint"
        style={{ gridTemplateColumns: template }}
      >
        {(hidden ? columns.slice(0, 1) : columns).map((id) => {
          const column = COLUMNS[id];
          const by = sort.find((one) => one.key === column.sort);
          const nth = by && sort.length > 1 ? sort.indexOf(by) + 1 : undefined;
          const Arrow = by?.down ? ArrowUp : ArrowDown;
          return (
            <div
              key={id}
              role="columnheader"
              aria-sort={by ? (by.down ? "descending" : "ascending") : "none"}
              title={column.means}
              className={`min-w-0 px-1.5 ${column.right ? "text-right" : ""}`}
            >
              {column.sort && !hidden ? (
                <button
                  type="button"
                  onClick={(event) => column.sort && onSort(column.sort, event.shiftKey)}
                  className={`inline-flex h-6 max-w-full items-center gap-0.5 whitespace-nowrap hover:text-text ${by ? "text-muted" : ""}`}
                >
                  <span className="truncate">{column.label}</span>
                  {by && <Arrow aria-hidden="true" size={12} strokeWidth={1.5} className="flex-none" />}
                  {nth && <span className="text-faint">{nth}</span>}
                </button>
              ) : (
                column.label
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
