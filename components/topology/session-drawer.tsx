"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { SessionRow } from "../../lib/view/view.ts";
import { FaultFigure } from "../overview/fault-figure.tsx";
import { useTRPC } from "../trpc/trpc.tsx";
import { spanText } from "../ui/format-time.ts";
import { Loading, Notice } from "../ui/notice.tsx";
import { plainText } from "../ui/plain-text.ts";
import { TONE_WORD } from "../ui/status-shapes.ts";
import { When } from "../ui/when.tsx";
import { Drawer } from "./drawer.tsx";
import { EvidenceExcerpt } from "./evidence-excerpt.tsx";
import { excerptOf } from "./excerpt.ts";
import { sessionFacts } from "./session-facts.ts";

/** Ages in the drawer are of answers: it asks again about as often as those come. */
const AGAIN_MS = 5_000;

export function SessionDrawer({
  row,
  now,
  byKey,
  onClose,
}: {
  row: SessionRow;
  now: number;
  byKey: boolean;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.fabric.session.queryOptions({ id: row.id }, { refetchInterval: AGAIN_MS, retry: 1 }),
  );
  // The row came by the stream and is newer than what was asked for before it.
  const asked = useRef(row);
  useEffect(() => {
    if (asked.current === row) return;
    asked.current = row;
    void refetch();
  }, [row, refetch]);

  const near = plainText(row.near.device ?? row.near.address ?? "unknown device", 60);
  const far = plainText(row.far.device ?? row.far.address ?? "unknown device", 60);
  const names = [row.near.address, row.far.address, row.near.device, row.far.device].flatMap((name) => name ?? []);
  const evidence = data?.evidence ?? [];
  const atFault = row.fault?.end === "near" ? row.near.source : row.far.source;
  const excerpt = excerptOf(
    [...evidence].sort((a, b) => Number(b.source === atFault) - Number(a.source === atFault)),
    names,
  );

  return (
    <Drawer
      title={`${far} ↔ ${near}`}
      status={row.status}
      aside={`${TONE_WORD[row.status]}${row.since === undefined ? "" : `, ${spanText(now - row.since)}`}`}
      open={{ href: `/sessions/${encodeURIComponent(row.id)}`, label: "Open session" }}
      byKey={byKey}
      onClose={onClose}
    >
      <p className={`said mb-2 text-16 ${row.stale ? "hatch" : ""}`}>{plainText(row.sentence)}</p>
      {row.stale && <p className="mb-2 text-muted">This rests on an answer that is older than two polls.</p>}
      {row.fault && row.status !== "up" && (
        <p className="said mb-4 flex gap-2.5 text-muted">
          <FaultFigure end={row.fault.end} tone={row.status} />
          <span>
            Fault {row.fault.certainty === "certain" ? "" : "likely "}
            {row.fault.end === "between" || row.fault.end === "unseen" ? "" : "at "}
            {plainText(row.fault.where)}: {plainText(row.fault.because)}.
          </span>
        </p>
      )}
      {row.since !== undefined && (
        <p className="mb-3 text-muted">
          {TONE_WORD[row.status]} since <When at={row.since} now={now} />
        </p>
      )}
      {error && !data ? (
        <Notice title="The two ends could not be asked for.">{plainText(error.message, 300)}</Notice>
      ) : !data ? (
        <Loading what="what the two ends say" rows={8} />
      ) : (
        <>
          <table className="w-full table-fixed border-collapse">
            <caption className="sr-only">What the two ends say</caption>
            <thead>
              <tr className="h-7 text-left text-12 text-faint">
                <th scope="col" className="w-25 font-normal">
                  <span className="sr-only">fact</span>
                </th>
                <th scope="col" className="said truncate pr-2 font-normal">
                  {near}
                </th>
                <th scope="col" className="said truncate font-normal">
                  {far}
                </th>
                <th scope="col" className="w-5">
                  <span className="sr-only">differs</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sessionFacts(data.session).map((fact) => (
                <tr key={fact.name} className="h-7 border-t border-border align-top">
                  <th scope="row" className="py-1 text-left font-normal text-faint">
                    {fact.name}
                  </th>
                  {[fact.near, fact.far].map((told, end) => (
                    <td key={end === 0 ? "near" : "far"} className={`said py-1 pr-2 ${fact.mono ? "mono" : ""}`}>
                      {told ?? <NotTold />}
                    </td>
                  ))}
                  <td className="py-1 text-right text-down">
                    {fact.differs && (
                      <b title="The two ends differ">
                        ≠<span className="sr-only"> differs</span>
                      </b>
                    )}
                  </td>
                </tr>
              ))}
              <tr className="h-7 border-t border-border">
                <th scope="row" className="text-left font-normal text-faint">
                  seen
                </th>
                {[row.near.source, row.far.source].map((source, end) => {
                  const at = data.sources.find((health) => health.id === source)?.lastOkAt;
                  return (
                    <td key={end === 0 ? "near" : "far"}>
                      {at === undefined ? <NotTold /> : `${spanText(now - at)} ago`}
                    </td>
                  );
                })}
                <td />
              </tr>
            </tbody>
          </table>
          {excerpt && <EvidenceExcerpt excerpt={excerpt} now={now} />}
        </>
      )}
    </Drawer>
  );
}

function NotTold() {
  return (
    <span className="text-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">not told</span>
    </span>
  );
}
