"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { SourceRow } from "./source-rows.ts";
import { SourceTableRow } from "./source-table-row.tsx";

const ROW_PX = 36;
const COLUMNS: readonly {
  readonly name: string;
  readonly width: string;
  readonly right?: true;
  readonly wide?: true;
}[] = [
  { name: "State", width: "150px" },
  { name: "Device", width: "16%" },
  { name: "Rack", width: "84px" },
  { name: "Asked through", width: "22%" },
  { name: "Last answer", width: "92px", right: true },
  { name: "Every", width: "72px", right: true, wide: true },
  { name: "Took", width: "80px", right: true, wide: true },
  { name: "What is wrong", width: "auto" },
];

/** Rows of every height, of which only those in sight exist: spacers above and below hold the place of the others. */
export function SourceTable({ rows, now }: { rows: readonly SourceRow[]; now: number }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (at) => rows[at]?.source.id ?? at,
    overscan: 12,
    initialRect: { width: 0, height: 900 },
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard (WCAG 2.1.1)
      tabIndex={0}
      aria-label="Sources"
      className="h-full overflow-auto [contain:strict] focus-visible:-outline-offset-2"
    >
      <table aria-rowcount={rows.length + 1} className="w-full table-fixed border-collapse max-lg:block">
        <caption className="sr-only">Every source, worst first</caption>
        <thead className="sticky top-0 z-1 bg-panel text-12 text-faint max-lg:sr-only">
          <tr aria-rowindex={1}>
            {COLUMNS.map(({ name, width, right, wide }) => (
              <th
                key={name}
                scope="col"
                style={{ width }}
                className={`h-8 border-b border-border px-2 font-normal first:pl-6 last:pr-6 ${right ? "text-right" : "text-left"} ${wide ? "max-xl:hidden" : ""}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-lg:block">
          <Spacer px={above} />
          {items.map(({ index }) => {
            const row = rows[index];
            return (
              row && (
                <SourceTableRow
                  key={row.source.id}
                  row={row}
                  now={now}
                  index={index}
                  measure={virtual.measureElement}
                />
              )
            );
          })}
          <Spacer px={below} />
        </tbody>
      </table>
    </section>
  );
}

function Spacer({ px }: { px: number }) {
  return px > 0 ? (
    <tr className="max-lg:block">
      <td colSpan={COLUMNS.length} style={{ height: px }} className="p-0 max-lg:block" />
    </tr>
  ) : null;
}
