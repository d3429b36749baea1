// biome-ignore-all lint/a11y/useKeyWithClickEvents: keys are heard by the grid
// biome-ignore-all lint/a11y/useSemanticElements: rows that are made as they come into sight are no table of HTML
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus for its rows (aria-activedescendant)
"use client";

import { memo } from "react";
import type { SessionLine } from "../../lib/view/fold-sessions.ts";
import { plainText } from "../ui/plain-text.ts";
import { WhenPlain } from "../ui/when.tsx";
import { FoldCell } from "./fold-cell.tsx";
import { lineId } from "./held-lines.ts";
import { type CellContext, SessionCell } from "./session-cell.tsx";
import { COLUMNS, type ColumnId, cellText } from "./session-columns.ts";

export interface LineProps {
  readonly line: SessionLine;
  readonly domId: string;
  /** Of all rows of the grid, its head being 1. */
  readonly rowIndex: number;
  readonly top: number;
  readonly height: number;
  readonly selected: boolean;
  readonly gone: boolean;
  readonly columns: readonly ColumnId[];
  readonly template: string;
  readonly context: CellContext;
  readonly onPress: (line: SessionLine, event: React.MouseEvent) => void;
}

/** A row of the grid: one session, or several of one cause. */
export const SessionLineRow = memo(function SessionLineRow(props: LineProps) {
  const { line, domId, rowIndex, top, height, selected, gone, columns, template, context, onPress } = props;
  const inFold = line.kind === "one" && line.of !== undefined;
  return (
    <div
      role="row"
      id={domId}
      tabIndex={-1}
      aria-rowindex={rowIndex}
      aria-selected={selected}
      aria-level={inFold ? 2 : 1}
      {...(line.kind === "many" && { "aria-expanded": line.open })}
      data-line={lineId(line)}
      onClick={(event) => onPress(line, event)}
      className={`absolute inset-x-0 grid cursor-pointer items-center border-b border-border/55 px-[10px] outline-none hover:bg-raised ${selected ? "bg-raised shadow-[inset_2px_0_var(--text)]" : ""} ${gone ? "text-faint line-through" : ""}`}
      style={{ transform: `translateY(${top}px)`, height, gridTemplateColumns: template }}
    >
      {columns.map((id) => (
        <div
          key={id}
          role="gridcell"
          className={`min-w-0 overflow-hidden px-1.5 whitespace-nowrap ${COLUMNS[id].right ? "text-right" : ""} ${inFold && id === "state" ? "pl-5" : ""}`}
        >
          {line.kind === "one" ? (
            <SessionCell id={id} row={line.row} context={context} />
          ) : (
            <FoldCell id={id} rows={line.rows} open={line.open} context={context} />
          )}
        </div>
      ))}
    </div>
  );
});

/** The same in two lines, for a phone. */
export const SessionCard = memo(function SessionCard(props: LineProps) {
  const { line, domId, rowIndex, top, height, selected, gone, context, onPress } = props;
  const row = line.kind === "one" ? line.row : line.rows[0];
  if (!row) return null;
  const many = line.kind === "many";
  return (
    <div
      role="row"
      id={domId}
      tabIndex={-1}
      aria-rowindex={rowIndex}
      aria-selected={selected}
      {...(many && { "aria-expanded": line.open })}
      data-line={lineId(line)}
      onClick={(event) => onPress(line, event)}
      className={`absolute inset-x-0 cursor-pointer border-b border-border/55 px-4 py-2 outline-none ${selected ? "bg-raised shadow-[inset_2px_0_var(--text)]" : ""} ${gone ? "text-faint line-through" : ""}`}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <div role="gridcell" className="flex min-w-0 flex-col">
        <span className="flex min-w-0 items-center gap-2">
          {many ? (
            <span className="min-w-0 flex-1 truncate font-semibold">
              <FoldCell id="near" rows={line.rows} open={line.open} context={context} />
            </span>
          ) : (
            <span className="flex min-w-0 flex-1 gap-1">
              <span className="said min-w-0 truncate">{plainText(cellText("near", row) ?? "", 80)}</span>
              <span className="text-faint">↔</span>
              <span className="said min-w-0 truncate">{plainText(cellText("far", row) ?? "", 80)}</span>
            </span>
          )}
          <SessionCell id="state" row={row} context={context} />
        </span>
        <span className="flex min-w-0 gap-2 text-muted">
          <span className="said min-w-0 flex-1 truncate">
            {many ? (
              <FoldCell id="error" rows={line.rows} open={line.open} context={context} />
            ) : (
              plainText(row.status === "up" ? (cellText("as", row) ?? "") : row.sentence, 200)
            )}
          </span>
          <span className="whitespace-nowrap">
            {row.since !== undefined && <WhenPlain at={row.since} now={context.now} />}
          </span>
        </span>
      </div>
    </div>
  );
});
