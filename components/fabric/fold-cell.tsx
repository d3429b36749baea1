import { ChevronDown, ChevronRight } from "lucide-react";
import { CAUSES } from "../../lib/fabric/verdict.ts";
import { heardAt, rowFreshness } from "../../lib/view/session-age.ts";
import type { SessionRow } from "../../lib/view/view.ts";
import { counted, countText } from "../ui/count.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusWord } from "../ui/status-mark.tsx";
import { Age, WhenPlain } from "../ui/when.tsx";
import type { CellContext } from "./session-cell.tsx";
import { type ColumnId, cellFigure, cellText } from "./session-columns.ts";

/** What stands in one cell of several sessions that one cause explains. Figures are their sum. */
export function FoldCell({
  id,
  rows,
  open,
  context,
}: {
  id: ColumnId;
  rows: readonly SessionRow[];
  open: boolean;
  context: CellContext;
}) {
  const first = rows[0];
  if (!first) return null;
  const { now, sources } = context;
  switch (id) {
    case "state":
      return <StatusWord tone={first.status} {...(first.status === "admin-down" && { word: "shut" })} />;
    case "near":
      return (
        <span className="flex min-w-0 items-center">
          {open ? (
            <ChevronDown size={14} className="mr-1 -ml-1 flex-none text-faint" />
          ) : (
            <ChevronRight size={14} className="mr-1 -ml-1 flex-none text-faint" />
          )}
          <span className="truncate">{few(rows, (row) => cellText("near", row)) ?? nearCount(rows)}</span>
        </span>
      );
    case "far":
      return (
        <Text
          text={
            few(rows, (row) => cellText("far", row)) ??
            counted(
              distinct(rows, (row) => cellText("far", row)),
              "device",
            )
          }
          plain
        />
      );
    case "since": {
      const since = least(rows.map((row) => row.since));
      return since === undefined ? null : (
        <span className="text-muted">
          <WhenPlain at={since} now={now} />
        </span>
      );
    }
    case "age": {
      const at = least(rows.map((row) => heardAt(row, sources)));
      return at === undefined ? null : (
        <span
          className={rows.every((row) => rowFreshness(row, sources, now) === "fresh") ? "text-faint" : "text-unknown"}
        >
          <Age at={at} now={now} />
        </span>
      );
    }
    case "error": {
      const where = first.fault?.where;
      return <Text text={`One cause: ${CAUSES[first.cause]}${where ? `, ${where}` : ""}`} />;
    }
    case "received":
    case "accepted":
    case "advertised":
    case "flaps": {
      const told = rows.flatMap((row) => cellFigure(id, row) ?? []);
      if (told.length === 0) return <span title="not told" className="block h-5" />;
      const stale = first.status === "unknown" || first.stale === true;
      return (
        <span
          title="Sum of all"
          className={`-mx-1.5 block px-1.5 ${stale ? "hatch" : id === "flaps" ? "text-faint" : ""}`}
        >
          {countText(told.reduce((sum, figure) => sum + figure, 0))}
        </span>
      );
    }
    case "as":
      return <Text text={asRange(rows)} mono />;
    case "limit":
    case "near-received":
    case "near-accepted":
      return null;
    default:
      return <Text text={few(rows, (row) => cellText(id, row)) ?? ""} />;
  }
}

function Text({ text, plain = false, mono = false }: { text: string; plain?: boolean; mono?: boolean }) {
  const shown = plainText(text, 200);
  return (
    <span title={shown} className={`said block truncate ${plain ? "" : "text-muted"} ${mono ? "mono" : ""}`}>
      {shown}
    </span>
  );
}

/** `65201–65212 → 65101` */
function asRange(rows: readonly SessionRow[]): string {
  const range = (all: readonly number[]) => {
    const [least, most] = [Math.min(...all), Math.max(...all)];
    return least === most ? String(least) : `${least}–${most}`;
  };
  const near = rows.flatMap((row) => row.near.asn ?? []);
  const far = rows.flatMap((row) => row.far.asn ?? []);
  return [near, far].flatMap((all) => (all.length > 0 ? range(all) : [])).join(" → ");
}

function nearCount(rows: readonly SessionRow[]): string {
  const count = distinct(rows, (row) => cellText("near", row));
  return counted(count, rows.every(({ kind }) => kind === "node-tor") ? "node" : "device");
}

/** One or two words where all agree on them. */
function few(rows: readonly SessionRow[], of: (row: SessionRow) => string | undefined): string | undefined {
  const found = new Set(rows.map(of));
  found.delete(undefined);
  return found.size > 0 && found.size <= 2 ? [...found].join(", ") : undefined;
}

function distinct(rows: readonly SessionRow[], of: (row: SessionRow) => string | undefined): number {
  return new Set(rows.map(of)).size;
}

function least(instants: readonly (number | undefined)[]): number | undefined {
  return instants.reduce((a, b) => (a === undefined ? b : b === undefined ? a : Math.min(a, b)), undefined);
}
