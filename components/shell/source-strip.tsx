"use client";

import Link from "next/link";
import { useMemo } from "react";
import { groupSources, type SourceGroup } from "../sources/source-groups.ts";
import { sourcesSentence } from "../sources/sources-sentence.ts";
import { useLive } from "../trpc/use-live-fabric.tsx";
import { StatusMark } from "../ui/status-mark.tsx";
import { isLive, useAsOf } from "./use-as-of.ts";

/** Beyond this many sources a tick stands for a group. */
const MAX_TICKS = 40;

/** What we see by, on every page: one tick per source, worst first, and the words. Leads to the list. */
export function SourceStrip() {
  const { view, line } = useLive();
  const asOf = useAsOf();
  const groups = useMemo(() => (view ? groupSources(view, asOf) : undefined), [view, asOf]);
  if (!groups) return null;

  const { words, short, quiet } = sourcesSentence(groups);
  return (
    <Link
      prefetch={false}
      href="/sources"
      className={`flex h-7 items-center gap-2 whitespace-nowrap rounded-control px-1 hover:bg-raised max-md:min-h-11 ${isLive(line.state) ? "" : "hatch grayscale"}`}
    >
      {!quiet && <StatusMark tone="unknown" />}
      <span className={`max-md:hidden ${quiet ? "text-muted" : ""}`}>{words}</span>
      <span className={`md:hidden ${quiet ? "text-muted" : ""}`}>{short}</span>
      <Ticks groups={groups} />
      <span className="sr-only">: see all sources</span>
    </Link>
  );
}

function Ticks({ groups }: { groups: readonly SourceGroup[] }) {
  const total = groups.reduce((sum, group) => sum + group.total, 0);
  if (total === 0) return null;
  if (total > MAX_TICKS) {
    return (
      <span className="flex forced-color-adjust-none items-center gap-0.5 max-xl:hidden" aria-hidden="true">
        {groups.slice(0, MAX_TICKS).map(({ key, counts, total: of }) => (
          <Tick key={key} silent={counts.silent > 0} part={counts.silent < of} late={counts.late > 0} />
        ))}
      </span>
    );
  }
  return (
    <span className="flex forced-color-adjust-none items-center gap-1.5 max-xl:hidden" aria-hidden="true">
      {groups.map(({ key, counts }) => (
        <span key={key} className="flex gap-0.5">
          {ticksOf(counts).map((kind, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: ticks of a group are counts, they have no other name
            <Tick key={at} silent={kind === "silent"} late={kind === "late"} />
          ))}
        </span>
      ))}
    </span>
  );
}

function ticksOf(counts: SourceGroup["counts"]): ("silent" | "late" | "ok")[] {
  const { silent, waiting, late, partial, ok } = counts;
  return [
    ...Array<"silent">(silent).fill("silent"),
    ...Array<"late">(waiting + late).fill("late"),
    ...Array<"ok">(partial + ok).fill("ok"),
  ];
}

/** `part`: some of the group are silent, not all; the outline then has a solid foot. */
function Tick({ silent, part = false, late }: { silent: boolean; part?: boolean; late: boolean }) {
  if (silent) {
    return (
      <i className="flex h-3 w-[5px] items-end rounded-[1px] border border-unknown">
        {part && <i className="h-1 w-full bg-unknown" />}
      </i>
    );
  }
  return <i className={`w-[3px] self-end rounded-[1px] bg-line ${late ? "h-1.5" : "h-3"}`} />;
}
