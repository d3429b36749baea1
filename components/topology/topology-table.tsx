"use client";

import Link from "next/link";
import { useMemo, useState } from "react";
import { byWorst } from "../../lib/fabric/session.ts";
import { CAUSES } from "../../lib/fabric/verdict.ts";
import { byNaturalName } from "../../lib/values/natural-order.ts";
import type { Topology } from "../../lib/view/topology.ts";
import type { TopologyLink } from "../../lib/view/topology-link.ts";
import { counted, countText } from "../ui/count.ts";
import { matching } from "../ui/matching.ts";
import { Notice } from "../ui/notice.tsx";
import { plainText } from "../ui/plain-text.ts";
import { StatusWord } from "../ui/status-mark.tsx";
import { WhenPlain } from "../ui/when.tsx";
import { prefixesOf } from "./overlay.ts";
import { tally } from "./subject-words.ts";

interface Group {
  readonly key: string;
  readonly title: string;
  readonly links: readonly TopologyLink[];
}

/** Groups with something wrong stand open, until there are too many to read anyway. */
const OPEN_ROWS = 200;
const MOST_ROWS = 500;

/** The same links as the map, for the keyboard, for readers aloud, and for those who like lists: grouped by rack. */
export function TopologyTable({ topology, filter, now }: { topology: Topology; filter: string; now: number }) {
  const groups = useMemo(() => groupsOf(topology, filter), [topology, filter]);
  const [pressed, setPressed] = useState<ReadonlyMap<string, boolean>>(new Map());
  if (groups.length === 0) {
    return (
      <Notice title={filter ? `No link matches ${plainText(filter, 80)}.` : "No link is told of yet."}>
        {filter
          ? "Words are looked for in names of devices and racks, states and causes; !word leaves out."
          : undefined}
      </Notice>
    );
  }
  const anyWrong = groups.some(({ links }) => links.some((link) => link.status !== "up"));
  let room = OPEN_ROWS;
  return (
    <div className="min-h-0 flex-1 overflow-auto px-6 pb-6 max-md:px-4">
      {groups.map(({ key, title, links }) => {
        const wrong = links.some((link) => link.status !== "up");
        const byItself = (wrong || filter !== "" || !anyWrong) && room > 0;
        if (byItself) room -= links.length;
        const open = pressed.get(key) ?? byItself;
        return (
          <section key={key} aria-label={title} className="mb-2 rounded-panel border border-border bg-panel">
            <h2>
              <button
                type="button"
                aria-expanded={open}
                onClick={() => setPressed(new Map(pressed).set(key, !open))}
                className="flex min-h-9 w-full items-center gap-3 px-4 text-left max-md:min-h-11"
              >
                <span aria-hidden="true" className="w-3 text-faint">
                  {open ? "−" : "+"}
                </span>
                <span className="said min-w-0 truncate">{title}</span>
                <span className="font-normal text-muted">{tally(links.map((link) => link.status))}</span>
              </button>
            </h2>
            {open && <Rows title={title} links={links} now={now} />}
          </section>
        );
      })}
    </div>
  );
}

function Rows({ title, links, now }: { title: string; links: readonly TopologyLink[]; now: number }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-180 table-fixed border-collapse">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="h-7 text-left text-12 whitespace-nowrap text-faint">
            <th scope="col" className="w-[34%] px-4 font-normal">
              link
            </th>
            <th scope="col" className="w-44 px-4 pl-9 font-normal">
              state
            </th>
            <th scope="col" className="w-52 px-4 font-normal">
              since
            </th>
            <th scope="col" className="px-4 font-normal">
              cause
            </th>
            <th scope="col" className="w-24 px-4 text-right font-normal">
              prefixes
            </th>
          </tr>
        </thead>
        <tbody>
          {links.slice(0, MOST_ROWS).map((link) => (
            <Row key={link.id} link={link} now={now} />
          ))}
        </tbody>
      </table>
      {links.length > MOST_ROWS && (
        <p className="px-4 py-2 text-muted">
          {countText(MOST_ROWS)} of {countText(links.length)} shown, the worst first; filter to see others.
        </p>
      )}
    </div>
  );
}

function Row({ link, now }: { link: TopologyLink; now: number }) {
  const [worst] = link.sessions;
  if (!worst) return null;
  const prefixes = prefixesOf(link);
  return (
    <tr className={`h-7 border-t border-border hover:bg-raised ${link.stale ? "hatch" : ""}`}>
      <th scope="row" className="px-4 text-left font-normal">
        <Link
          href={`/sessions/${encodeURIComponent(worst.id)}`}
          className="said inline-flex min-h-6 max-w-full items-center hover:underline max-md:min-h-11"
        >
          {plainText(link.far, 60)} ↔ {plainText(link.near, 60)}
        </Link>
      </th>
      <td className="px-4">
        <StatusWord tone={link.status} />
      </td>
      <td className="px-4 whitespace-nowrap text-muted">
        {worst.since !== undefined && <WhenPlain at={worst.since} now={now} />}
      </td>
      <td className="px-4 text-muted">{worst.cause === "none" ? "" : CAUSES[worst.cause]}</td>
      <td className="px-4 text-right text-muted">{prefixes === undefined ? "" : countText(prefixes)}</td>
    </tr>
  );
}

function groupsOf(topology: Topology, filter: string): readonly Group[] {
  const links = matching([...topology.links.values()], filter, (link) => [
    link.near,
    link.far,
    topology.shape.places.get(link.near)?.rack,
    link.status,
    CAUSES[link.sessions[0]?.cause ?? "none"],
  ]);
  const byRack = Map.groupBy(links, (link) => {
    const place = topology.shape.places.get(link.near);
    return place?.tier === "node" ? `r:${place.rack ?? ""}` : "spines";
  });
  const title = (key: string) => {
    if (key === "spines") return "Between leaves and spines";
    const name = key.slice(2);
    return name === "" ? "Nodes without a rack" : `Rack ${plainText(name, 60)}`;
  };
  const order = ["spines", ...topology.shape.racks.map((rack) => `r:${rack.key}`)];
  const groups = order.flatMap((key) => {
    const some = byRack.get(key);
    if (!some) return [];
    const sorted = [...some].sort(
      (a, b) => byWorst(a.status, b.status) || byNaturalName(a.near, b.near) || byNaturalName(a.far, b.far),
    );
    return [{ key, title: `${title(key)}, ${counted(some.length, "link")}`, links: sorted }];
  });
  // What is wrong is read first; among equals the order of the map.
  const worst = ({ links }: Group) => links[0]?.status ?? "up";
  return groups.sort((a, b) => byWorst(worst(a), worst(b)));
}
