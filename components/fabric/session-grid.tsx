// biome-ignore-all lint/a11y/useSemanticElements: rows that are made as they come into sight are no table of HTML
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus for its rows (aria-activedescendant)
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useId, useMemo, useRef } from "react";
import type { SessionLine } from "../../lib/view/fold-sessions.ts";
import { pressed, type SortBy } from "../../lib/view/sort-sessions.ts";
import type { SessionRow } from "../../lib/view/view.ts";
import { useShortcuts } from "../shell/shortcuts.tsx";
import { useNarrow } from "../topology/use-narrow.ts";
import { pathTo } from "../ui/path-to.ts";
import { GridHead } from "./grid-head.tsx";
import { lineId } from "./held-lines.ts";
import type { CellContext } from "./session-cell.tsx";
import { COLUMNS, type ColumnId } from "./session-columns.ts";
import { SessionCard, SessionLineRow } from "./session-line.tsx";
import type { SessionsAddress } from "./use-sessions-address.ts";

const CARD_PX = 60;
const HEAD_PX = 28;

export interface GridProps {
  readonly lines: readonly SessionLine[];
  readonly sessions: ReadonlyMap<string, SessionRow>;
  readonly columns: readonly ColumnId[];
  readonly sort: readonly SortBy[];
  readonly onSort: (sort: readonly SortBy[]) => void;
  readonly rowPx: number;
  readonly selected: string | undefined;
  readonly onSelect: SessionsAddress["select"];
  readonly onFold: (id: string) => void;
  /** True while a row is pointed at or the grid has the focus: rows must not move then. */
  readonly onHold: (held: boolean) => void;
  readonly context: CellContext;
  readonly label: string;
}

/**
 * A grid of which only the rows in sight exist. It holds the focus itself and names the row that is meant
 * (`aria-activedescendant`), so that a row may leave the sight and come back.
 */
export function SessionGrid(props: GridProps) {
  const { lines, sessions, columns, sort, onSort, rowPx, selected, onSelect, onFold, onHold, context, label } = props;
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const narrow = useNarrow();
  const height = narrow ? CARD_PX : rowPx;
  const dom = useId();
  const at = useMemo(() => lines.findIndex((line) => lineId(line) === selected), [lines, selected]);
  const template = columns.map((id) => COLUMNS[id].width).join(" ");

  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    scrollPaddingStart: narrow ? 0 : HEAD_PX,
    scrollMargin: 0,
  });
  // A new height is measured anew; nothing else tells the virtualizer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what makes the measures old
  useEffect(() => rows.measure(), [height, rows]);

  const open = useCallback(
    (line: SessionLine) => {
      // Written down before the page is left, so that Back comes to this row.
      const selected = onSelect(lineId(line));
      if (line.kind === "many") onFold(line.id);
      else void selected.then(() => router.push(pathTo("sessions", line.row.id)));
    },
    [onFold, onSelect, router],
  );
  const move = (to: number) => {
    const next = Math.max(0, Math.min(lines.length - 1, to));
    const line = lines[next];
    if (!line) return;
    void onSelect(lineId(line));
    rows.scrollToIndex(next, { align: "auto" });
  };
  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / height) - 2);
  const key = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== scroller.current) return;
    const line = lines[at];
    const step: Record<string, () => void> = {
      ArrowDown: () => move(at + 1),
      j: () => move(at + 1),
      ArrowUp: () => move(at < 0 ? 0 : at - 1),
      k: () => move(at < 0 ? 0 : at - 1),
      Home: () => move(0),
      End: () => move(lines.length - 1),
      PageDown: () => move(at + page()),
      PageUp: () => move(at - page()),
      Enter: () => line && open(line),
      ArrowRight: () => line?.kind === "many" && !line.open && onFold(line.id),
      ArrowLeft: () => line?.kind === "many" && line.open && onFold(line.id),
      Escape: () => void onSelect(undefined),
    };
    const run = Object.hasOwn(step, event.key) ? step[event.key] : undefined;
    if (!run) return;
    event.preventDefault();
    run();
  };
  useShortcuts([
    { keys: "j", label: "Next row", run: () => enter(1) },
    { keys: "k", label: "Row before", run: () => enter(-1) },
  ]);
  const enter = (by: number) => {
    scroller.current?.focus({ preventScroll: true });
    move(at < 0 ? 0 : at + by);
  };
  const press = useCallback(
    (line: SessionLine, event: React.MouseEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.target instanceof Element && event.target.closest("a")) return;
      // Text that was marked is being copied, not pressed.
      if (window.getSelection()?.isCollapsed === false) return;
      open(line);
    },
    [open],
  );
  // Where the address named a row, it is in sight from the start.
  const first = useRef(true);
  useEffect(() => {
    if (!first.current || lines.length === 0) return;
    first.current = false;
    if (at > 0) rows.scrollToIndex(at, { align: "center" });
  }, [lines, at, rows]);

  const inSight = rows.getVirtualItems().some(({ index }) => index === at);
  const Row = narrow ? SessionCard : SessionLineRow;
  return (
    <div
      ref={scroller}
      role="treegrid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={lines.length + 1}
      aria-colcount={narrow ? 1 : columns.length}
      {...(inSight && { "aria-activedescendant": `${dom}-${at}` })}
      onKeyDown={key}
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
      onPointerEnter={(event) => event.pointerType === "mouse" && onHold(true)}
      onPointerLeave={() => onHold(document.activeElement === scroller.current)}
      className="relative min-h-0 flex-1 overflow-auto -outline-offset-2"
    >
      <div className={narrow ? "" : "min-w-fit"}>
        <GridHead
          columns={columns}
          sort={sort}
          template={template}
          hidden={narrow}
          onSort={(id, add) => onSort(pressed(sort, id, add))}
        />
        <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const line = lines[index];
            if (!line) return null;
            return (
              <Row
                key={lineId(line)}
                line={line}
                domId={`${dom}-${index}`}
                rowIndex={index + 2}
                top={start}
                height={height}
                selected={index === at}
                gone={line.kind === "one" && !sessions.has(line.row.id)}
                columns={columns}
                template={template}
                context={context}
                onPress={press}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
