"use client";

import { useMemo, useRef } from "react";
import type { Evidence } from "../../lib/fabric/observation.ts";
import { holds } from "../../lib/fabric/session.ts";
import { CAUSES } from "../../lib/fabric/verdict.ts";
import { EXPLAIN_CAUSE } from "../../lib/view/explain.ts";
import type { FabricView, SessionRow } from "../../lib/view/view.ts";
import { PageTitle } from "../shell/page-title.tsx";
import { useAsOf } from "../shell/use-as-of.ts";
import { WaitingForServer } from "../shell/waiting-for-server.tsx";
import { useFabric } from "../trpc/use-live-fabric.tsx";
import { Loading, Notice } from "../ui/notice.tsx";
import { plainText } from "../ui/plain-text.ts";
import { EvidenceTabs } from "./evidence-tabs.tsx";
import { SessionFigure } from "./session-figure.tsx";
import { SessionGone } from "./session-gone.tsx";
import { SessionMirror } from "./session-mirror.tsx";
import { endName, sessionName } from "./session-name.ts";
import { SessionSide } from "./session-side.tsx";
import { SessionTimeline } from "./session-timeline.tsx";
import { SessionTitle, stateWord } from "./session-title.tsx";
import { TermHelp } from "./term-help.tsx";
import { useSessionDetail } from "./use-detail.ts";

/** One session from both ends: why it is as it is, what that rests on, and what to look at first. */
export function SessionScreen({ id }: { id: string }) {
  const view = useFabric();
  const last = useRef<SessionRow>(undefined);
  const row = view?.sessions.get(id);
  if (row) last.current = row;
  if (!view) return <WaitingForServer what="the session" />;
  return row ? <Watched view={view} row={row} /> : <SessionGone view={view} id={id} last={last.current} />;
}

function Watched({ view, row }: { view: FabricView; row: SessionRow }) {
  const asOf = useAsOf();
  const stamp = useStamp(view, row);
  const { data, error } = useSessionDetail(row.id, stamp);
  const needles = [row.near.address, row.far.address, row.near.device, row.far.device].filter(
    (name) => name !== undefined,
  );
  return (
    <div className="px-6 pt-4 pb-6 max-md:px-0">
      <PageTitle state={`${stateWord(row)} ${sessionName(row)}`} />
      <div className="max-md:px-4">
        <SessionTitle fabric={view.fabric.name} row={row} now={asOf} />
        <Verdict view={view} row={row} />
      </div>
      {!data ? (
        error ? (
          <Notice title="The server did not tell of the two ends.">{plainText(error.message, 300)}</Notice>
        ) : (
          <Loading what="what the two ends say" rows={8} />
        )
      ) : (
        <div className="grid grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)] gap-4 max-xl:grid-cols-1 max-md:gap-2">
          <section aria-label="The two ends" className="min-w-0 rounded-panel border border-border bg-panel">
            <SessionFigure session={data.session} row={row} near={data.near} far={data.far} />
            <SessionMirror session={data.session} sources={view.sources} now={asOf} />
          </section>
          <SessionSide view={view} row={row} checkFirst={data.session.verdict.checkFirst} now={asOf} />
          <SessionTimeline session={data.session} events={data.events} now={asOf} />
          <EvidenceTabs evidence={bgpFirst(data.evidence)} needles={needles} now={asOf} />
        </div>
      )}
    </div>
  );
}

/** The verdict with its ground, and what still works; both in sentences. */
function Verdict({ view, row }: { view: FabricView; row: SessionRow }) {
  const { fault, status, cause } = row;
  const works = useMemo(() => stillWorks(view, row), [view, row]);
  return (
    <div className="mt-2.5 mb-4 max-w-260 text-16 leading-6">
      <p className={`said ${row.stale ? "hatch" : ""}`}>
        {plainText(row.sentence)}{" "}
        {fault && status !== "up" && (
          <>
            {fault.end === "unseen"
              ? ""
              : `Fault ${fault.certainty === "certain" ? "certain" : "likely"}: ${plainText(fault.where, 200)}, because `}
            {plainText(fault.because, 400)}.{" "}
          </>
        )}
        {works && <span className="text-muted">{works}</span>}
      </p>
      {cause !== "none" && (
        <p className="text-13 text-muted">
          Cause: {CAUSES[cause]} <TermHelp term={CAUSES[cause]} text={EXPLAIN_CAUSE[cause]} />
        </p>
      )}
      {row.stale && <p className="text-13 text-unknown">This rests on answers older than two polls.</p>}
      {row.oneEnd && (
        <p className="text-13 text-muted">
          Seen from one end only:{" "}
          {row.oneEnd === "not-configured"
            ? `${endName(row.far)} answers, and has no such neighbor`
            : row.oneEnd === "not-observed"
              ? "nothing asks the other end"
              : "the inventory names no device with the other address"}
          .
        </p>
      )}
    </div>
  );
}

/** By the near device's other sessions: whether it still gets out. */
function stillWorks(view: FabricView, row: SessionRow): string | undefined {
  const name = row.near.device;
  if (name === undefined || holds(row.status)) return undefined;
  const others = [...view.sessions.values()].filter(
    (other) => other.near.device === name && other.id !== row.id && other.kind === row.kind,
  );
  const up = others.filter(({ status }) => holds(status));
  if (up.length > 0)
    return `${endName(row.near)} still reaches ${up
      .slice(0, 4)
      .map(({ far }) => endName(far))
      .join(", ")}; no path is lost.`;
  const unseen = others.filter(({ status }) => status === "unknown").length;
  if (unseen > 0) return `Whether ${endName(row.near)} has another way out cannot be seen.`;
  return row.status === "unknown" ? undefined : `${endName(row.near)} has no other way out.`;
}

/** Answers on BFD and ports stand after those on the session itself. */
function bgpFirst(evidence: readonly Evidence[]): readonly Evidence[] {
  const rank = ({ command }: Evidence) => (/bgp|protocol/i.test(command) && !/bfd/i.test(command) ? 0 : 1);
  return evidence.toSorted((a, b) => rank(a) - rank(b));
}

/** Changes whenever the row or what tells of it has; the same object otherwise. */
function useStamp(view: FabricView, row: SessionRow): unknown {
  const near = view.sources.get(row.near.source ?? "")?.lastOkAt;
  const far = view.sources.get(row.far.source ?? "")?.lastOkAt;
  return useMemo(() => ({ row, near, far }), [row, near, far]);
}
