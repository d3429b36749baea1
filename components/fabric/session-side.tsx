import Link from "next/link";
import { useMemo } from "react";
import { holds } from "../../lib/fabric/session.ts";
import { byNaturalName } from "../../lib/values/natural-order.ts";
import type { FabricView, SessionRow } from "../../lib/view/view.ts";
import { counted } from "../ui/count.ts";
import { spanText } from "../ui/format-time.ts";
import { pathTo } from "../ui/path-to.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusWord } from "../ui/status-mark.tsx";
import { endName } from "./session-name.ts";

const SHOWN = 8;

/** Beside the two ends: what hangs on them, what to look at first, and the other sessions of the two devices. */
export function SessionSide({
  view,
  row,
  checkFirst,
  now,
}: {
  view: FabricView;
  row: SessionRow;
  checkFirst: readonly string[];
  now: number;
}) {
  const near = useMemo(() => siblings(view, row, row.near.device), [view, row]);
  const far = useMemo(() => siblings(view, row, row.far.device), [view, row]);
  return (
    <section aria-label="Around it" className="min-w-0 rounded-panel border border-border bg-panel">
      <Head title="What it touches" aside={touches(row, near)} />
      <Siblings of={endName(row.near)} rows={near} now={now} />
      {checkFirst.length > 0 && (
        <>
          <Head title="Check first" ruled />
          <ol className="mx-4 mb-2.5 list-decimal pl-4 text-muted">
            {checkFirst.map((line) => (
              <li key={line} className="said mb-1">
                {plainText(line, 400)}
              </li>
            ))}
          </ol>
        </>
      )}
      <Head title={`Others of ${endName(row.far)}`} aside={others(far)} ruled />
      <Siblings of={endName(row.far)} rows={far.filter(({ status }) => status !== "up")} now={now} quiet />
    </section>
  );
}

function Head({ title, aside, ruled = false }: { title: string; aside?: string | undefined; ruled?: boolean }) {
  return (
    <header
      className={`flex min-h-9 items-center gap-4 px-4 ${ruled ? "border-t border-border" : "border-b border-border"}`}
    >
      <h2 className="said min-w-0">{title}</h2>
      {aside && <span className="ml-auto text-right text-muted normal-nums">{aside}</span>}
    </header>
  );
}

function Siblings({
  of,
  rows,
  now,
  quiet = false,
}: {
  of: string;
  rows: readonly SessionRow[];
  now: number;
  quiet?: boolean;
}) {
  if (rows.length === 0) {
    return (
      <p className="said px-4 py-2 text-muted">
        {quiet ? "Nothing else is wrong there." : `No other session of ${of} is seen.`}
      </p>
    );
  }
  return (
    <ul className="py-1.5">
      {rows.slice(0, SHOWN).map((other) => (
        <li key={other.id}>
          <Link
            href={pathTo("sessions", other.id)}
            prefetch={false}
            className="grid min-h-7 grid-cols-[minmax(0,1fr)_auto_5rem] items-center gap-3 px-4 -outline-offset-2 hover:bg-raised max-md:min-h-11"
          >
            <span className="said truncate">
              {other.near.device === undefined || endName(other.near) !== of ? endName(other.near) : endName(other.far)}
            </span>
            <StatusWord tone={other.status} news={other.backUpAt !== undefined} />
            <span className="text-right text-muted">
              {other.since === undefined ? "" : spanText(now - other.since)}
            </span>
          </Link>
        </li>
      ))}
      {rows.length > SHOWN && <li className="px-4 text-muted">and {rows.length - SHOWN} more</li>}
    </ul>
  );
}

function siblings(view: FabricView, row: SessionRow, device: string | undefined): readonly SessionRow[] {
  if (device === undefined) return [];
  return [...view.sessions.values()]
    .filter(({ id, near, far }) => id !== row.id && (near.device === device || far.device === device))
    .sort(
      (a, b) =>
        Number(a.status === "up") - Number(b.status === "up") ||
        byNaturalName(endName(a.far), endName(b.far)) ||
        byNaturalName(endName(a.near), endName(b.near)),
    );
}

/** How many ways the near device has beside this one. */
function touches(row: SessionRow, near: readonly SessionRow[]): string {
  const ways = near.filter((other) => other.kind === row.kind && holds(other.status)).length;
  if (holds(row.status)) return `${counted(ways + 1, "way")} out of ${endName(row.near)}`;
  return ways === 0
    ? `${endName(row.near)} has no way out seen`
    : `${endName(row.near)} keeps ${counted(ways, "way")} out`;
}

function others(far: readonly SessionRow[]): string {
  const up = far.filter(({ status }) => status === "up").length;
  return `${up} of ${far.length} up`;
}
