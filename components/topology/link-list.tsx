"use client";

import { byWorst } from "../../lib/fabric/session.ts";
import { byNaturalName } from "../../lib/values/natural-order.ts";
import type { TopologyLink } from "../../lib/view/topology-link.ts";
import { countText } from "../ui/count.ts";
import { plainText } from "../ui/plain-text.ts";
import { StatusWord } from "../ui/status-mark.tsx";
import { WhenPlain } from "../ui/when.tsx";

/** A drawer is read, not scrolled through: the table has all of them. */
const MOST = 60;

/** Links of one device, or of a rack, worst first; each opens its session. */
export function LinkList({
  links,
  of,
  now,
  onOpen,
}: {
  links: readonly TopologyLink[];
  /** The device whose name need not be said again. */
  of?: string;
  now: number;
  onOpen: (link: TopologyLink) => void;
}) {
  if (links.length === 0) return <p className="text-muted">No session is told of it.</p>;
  const name = (link: TopologyLink) =>
    of === undefined ? `${link.near} ↔ ${link.far}` : link.near === of ? link.far : link.near;
  const sorted = [...links].sort((a, b) => byWorst(a.status, b.status) || byNaturalName(name(a), name(b)));
  return (
    <>
      <ul>
        {sorted.slice(0, MOST).map((link) => {
          const since = link.sessions[0]?.since;
          return (
            <li key={link.id} className="border-t border-border">
              <button
                type="button"
                onClick={() => onOpen(link)}
                className="flex min-h-8 w-full items-center gap-3 text-left hover:bg-raised max-md:min-h-11"
              >
                <span className="said min-w-0 flex-1 truncate">{plainText(name(link), 130)}</span>
                <span className="flex-none text-faint">
                  {since !== undefined && <WhenPlain at={since} now={now} />}
                </span>
                <span className="w-32 flex-none">
                  <StatusWord tone={link.status} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {sorted.length > MOST && (
        <p className="mt-2 text-muted">{countText(sorted.length - MOST)} more stand in the table.</p>
      )}
    </>
  );
}
