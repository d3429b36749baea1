import Link from "next/link";
import { useMemo } from "react";
import { SESSION_KINDS, SESSION_STATUSES, type SessionKind, type SessionStatus } from "../../lib/fabric/session.ts";
import type { FabricView } from "../../lib/view/view.ts";
import { countText } from "../ui/count.ts";
import { filterOf } from "../ui/path-to.ts";
import { StatusMark } from "../ui/status-mark.tsx";
import { TONE_TEXT, TONE_WORD } from "../ui/status-shapes.ts";

const KIND_NAME: Record<SessionKind, string> = {
  "node-tor": "Node and ToR",
  "tor-spine": "ToR and spine",
  "node-node": "Node and node",
  "tor-tor": "ToR and ToR",
  other: "Other",
};

/** Sessions by what they join and how they are. A column that would hold only nothing is left out. */
export function KindTable({ view }: { view: FabricView }) {
  const kinds = useMemo(() => countKinds(view), [view]);
  const statuses = SESSION_STATUSES.filter(
    (status) => status === "up" || [...kinds.values()].some((counts) => (counts.get(status) ?? 0) > 0),
  );
  if (kinds.size === 0) return null;
  return (
    <table className="mb-2 w-full border-t border-border">
      <caption className="sr-only">Sessions by kind and state</caption>
      <thead>
        <tr className="text-12 text-faint">
          <th scope="col" className="h-8 pl-4 text-left font-normal">
            Sessions
          </th>
          {statuses.map((status) => (
            <th key={status} scope="col" className="h-8 text-right font-normal last:pr-4">
              {status === "up" ? (
                "up"
              ) : (
                <span title={TONE_WORD[status]} className="inline-flex">
                  <StatusMark tone={status} />
                  <span className="sr-only">{TONE_WORD[status]}</span>
                </span>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {SESSION_KINDS.filter((kind) => kinds.has(kind)).map((kind) => (
          <tr key={kind}>
            <th scope="row" className="h-6 pl-4 text-left font-normal">
              <Link
                prefetch={false}
                href={filterOf("sessions", `kind:${kind}`)}
                className="inline-flex min-h-6 items-center whitespace-nowrap hover:underline"
              >
                {KIND_NAME[kind]}
              </Link>
            </th>
            {statuses.map((status) => (
              <td key={status} className="h-6 w-12 pl-2 text-right last:w-18 last:pr-4">
                <Cell status={status} count={kinds.get(kind)?.get(status) ?? 0} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ status, count }: { status: SessionStatus; count: number }) {
  if (count === 0) return <span className="text-faint">0</span>;
  return <span className={status === "up" ? "" : TONE_TEXT[status]}>{countText(count)}</span>;
}

function countKinds(view: FabricView): ReadonlyMap<SessionKind, ReadonlyMap<SessionStatus, number>> {
  const kinds = new Map<SessionKind, Map<SessionStatus, number>>();
  for (const { kind, status } of view.sessions.values()) {
    const counts = kinds.get(kind) ?? new Map<SessionStatus, number>();
    kinds.set(kind, counts);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return kinds;
}
