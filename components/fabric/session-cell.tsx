import Link from "next/link";
import type { SourceHealth } from "../../lib/fabric/observation.ts";
import { endFreshness, heardAt, rowFreshness } from "../../lib/view/session-age.ts";
import type { SessionRow } from "../../lib/view/view.ts";
import { countText } from "../ui/count.ts";
import { spanText } from "../ui/format-time.ts";
import { pathTo } from "../ui/path-to.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusWord } from "../ui/status-mark.tsx";
import { Age, WhenPlain } from "../ui/when.tsx";
import { asTitle, type ColumnId, cellFigure, cellText } from "./session-columns.ts";

export interface CellContext {
  readonly now: number;
  readonly sources: ReadonlyMap<string, SourceHealth>;
}

const NOT_TOLD = "not told";
const NEAR_FIGURES: ReadonlySet<ColumnId> = new Set(["near-received", "near-accepted"]);
const MONO: ReadonlySet<ColumnId> = new Set(["as", "near-address", "far-address"]);

/** What stands in one cell of one session. A figure that nobody told is blank, never 0. */
export function SessionCell({ id, row, context }: { id: ColumnId; row: SessionRow; context: CellContext }) {
  const { now, sources } = context;
  switch (id) {
    case "state":
      return <StateCell row={row} />;
    case "near":
    case "far":
      return <EndLink row={row} end={id} />;
    case "since":
      return row.since === undefined ? null : (
        <span className="text-muted">
          <WhenPlain at={row.since} now={now} />
        </span>
      );
    case "age": {
      const at = heardAt(row, sources);
      const old = rowFreshness(row, sources, now) !== "fresh";
      return at === undefined ? null : (
        <span className={old ? "text-unknown" : "text-faint"}>
          <Age at={at} now={now} />
        </span>
      );
    }
    case "error":
      return <ErrorCell row={row} />;
    case "received":
    case "accepted":
    case "advertised":
    case "limit":
    case "flaps":
    case "near-received":
    case "near-accepted": {
      const figure = cellFigure(id, row);
      if (figure === undefined) return <span title={NOT_TOLD} className="block h-5" />;
      const told = endFreshness(NEAR_FIGURES.has(id) ? row.near : row.far, sources, now);
      const stale = row.stale === true || row.status === "unknown" || (told !== undefined && told !== "fresh");
      const lost = row.status === "down" && figure === 0 && id !== "flaps";
      const quiet = id === "limit" || id === "flaps";
      return (
        <span
          className={`-mx-1.5 block px-1.5 ${stale ? "hatch" : quiet ? "text-faint" : lost ? "font-semibold" : ""}`}
          {...(stale && { title: "Old: as last told" })}
        >
          {countText(figure)}
        </span>
      );
    }
    default: {
      const text = cellText(id, row);
      if (text === undefined) return null;
      const shown = plainText(text, 200);
      return (
        <span
          title={id === "as" ? asTitle(row) : shown}
          className={`said block truncate text-muted ${MONO.has(id) ? "mono" : ""}`}
        >
          {shown}
        </span>
      );
    }
  }
}

function StateCell({ row }: { row: SessionRow }) {
  const back = row.status === "up" && row.backUpAt !== undefined;
  return (
    <span className="flex items-center gap-1.5" title={plainText(row.sentence, 300)}>
      <StatusWord
        tone={row.status}
        news={back}
        {...(back ? { word: "back up" } : row.status === "admin-down" && { word: "shut" })}
      />
      {row.disputed && (
        <span className="font-semibold text-down" title="The two ends disagree">
          ≠<span className="sr-only"> the two ends disagree</span>
        </span>
      )}
    </span>
  );
}

function EndLink({ row, end }: { row: SessionRow; end: "near" | "far" }) {
  const text = cellText(end, row);
  if (text === undefined) return <span className="text-faint">not told</span>;
  const shown = plainText(text, 100);
  return (
    <Link
      href={pathTo("sessions", row.id)}
      prefetch={false}
      tabIndex={-1}
      title={shown}
      className={`said block truncate hover:underline ${row[end].device === undefined ? "mono" : ""}`}
    >
      {shown}
    </Link>
  );
}

function ErrorCell({ row }: { row: SessionRow }) {
  const down =
    row.backUpAt !== undefined && row.wasDownMs !== undefined ? `Was down ${spanText(row.wasDownMs)}` : undefined;
  const text = down ?? cellText("error", row);
  if (text === undefined) return null;
  const shown = plainText(text, 200);
  return (
    <span className="said block truncate text-muted" title={shown}>
      {shown}
    </span>
  );
}
